package import Foundation
import Matinee

/// Checks a training file as the service would, and looks for answers that can be read off.
///
/// The service's rules are those of OpenAI's supervised fine-tuning: JSON Lines in UTF-8, at least ten examples, at most
/// 512 MB, messages of system, user and assistant, the last of them the answer.
package struct TrainingFileCheck: Sendable {
    /// What is wrong with a line; 0 for the file as a whole.
    package struct Problem: Sendable, Equatable, Codable {
        package var line: Int
        package var what: String
    }

    /// What `matinee finetune check --json` prints.
    package struct Report: Sendable, Equatable, Codable {
        package var examples = 0
        /// About, at four characters each.
        package var tokens = 0
        package var answers = [0, 0, 0, 0, 0]
        package var problems: [Problem] = []
        /// How many problems there are; only the first hundred are listed.
        package var problem_count = 0

        mutating func add(_ line: Int, _ what: String) {
            problem_count += 1
            if problems.count < 100 { problems.append(Problem(line: line, what: what)) }
        }
    }

    static let least = 10, largest = 512 << 20, longestExample = 65_536

    /// A profile that is asked about other films is the same person.
    private var profiles: Set<UInt64> = []
    private var questions: [UInt64: String] = [:]

    package init() {}

    /// - Parameter other: the file of the other split, whose members must be others.
    /// - Throws: ``DatasetError/unreadable(_:_:)``.
    package static func check(_ url: URL, against other: URL? = nil) throws -> Report {
        var check = TrainingFileCheck(), report = Report()
        if let other {
            try check.forEach(other) { _, bytes in
                if let example = Example(bytes) { check.profiles.insert(stableHash(example.profile)) }
            }
        }
        let size = try check.forEach(url) { line, bytes in check.take(line, bytes, &report) }
        if report.examples < least {
            report.add(0, "it has \(report.examples) examples; a training needs at least \(least)")
        }
        if size > largest { report.add(0, "it has \(size >> 20) MB; 512 are the most") }
        return report
    }

    @discardableResult
    private func forEach(_ url: URL, _ body: (Int, Data) throws -> Void) throws -> Int {
        let data: Data
        do { data = try Data(contentsOf: url, options: .alwaysMapped) } catch {
            throw DatasetError.unreadable(url.path, reason(error))
        }
        var start = data.startIndex, line = 0
        while start < data.endIndex {
            let end = data[start...].firstIndex(of: 10) ?? data.endIndex
            line += 1
            try body(line, data[start..<end])
            start = end + 1
        }
        return data.count
    }

    private mutating func take(_ line: Int, _ bytes: Data, _ report: inout Report) {
        guard !bytes.isEmpty else { return report.add(line, "it is empty") }
        report.examples += 1
        report.tokens += bytes.count / 4 + 1
        guard String(validating: bytes, as: UTF8.self) != nil else {
            return report.add(line, "it is not in UTF-8")
        }
        if let fault = Self.fault(bytes) { return report.add(line, fault) }
        guard let example = Example(bytes) else {
            return report.add(line, "its answer is not one digit from 1 to 5")
        }
        report.answers[example.answer - 1] += 1
        if bytes.count / 4 > Self.longestExample {
            report.add(line, "it is longer than \(Self.longestExample) tokens")
        }
        if let title = example.leak {
            report.add(line, "its profile names the film that is asked for: \(printable(title))")
        }
        if profiles.contains(stableHash(example.profile)) {
            report.add(line, "its profile is in the other file too")
        }
        let key = stableHash(example.question)
        if let answer = questions.updateValue("\(example.answer)", forKey: key) {
            let isSame = answer == "\(example.answer)"
            report.add(line, isSame ? "it comes twice" : "the same question has another answer before")
        }
    }

    /// What the service would say of a line, or `nil`.
    private static func fault(_ bytes: Data) -> String? {
        guard let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
            return "it is no JSON object"
        }
        guard let messages = object["messages"] as? [[String: Any]], !messages.isEmpty else {
            return "it has no messages"
        }
        for message in messages {
            guard let role = message["role"] as? String, ["system", "user", "assistant"].contains(role) else {
                return "a message has no role of system, user or assistant"
            }
            guard let text = message["content"] as? String, !text.isEmpty else {
                return "a message has no content"
            }
            if let weight = message["weight"],
                !(role == "assistant" && (weight as? Int == 0 || weight as? Int == 1))
            {
                return "a weight is not 0 or 1, or not of an assistant"
            }
        }
        return messages.last?["role"] as? String == "assistant"
            ? nil : "its last message is not the assistant's"
    }
}

/// A question as `matinee finetune prepare` writes it.
private struct Example {
    var question: String
    /// The question without the film.
    var profile: String
    var answer: Int
    private var film: String?

    private struct Line: Decodable {
        struct Message: Decodable {
            var role: String
            var content: String
        }
        var messages: [Message]
    }

    init?(_ bytes: Data) {
        guard let line = try? JSONDecoder().decode(Line.self, from: bytes), let last = line.messages.last,
            let answer = Int(last.content), last.content.utf8.count == 1, (1...5).contains(answer)
        else { return nil }
        self.answer = answer
        question = line.messages.filter { $0.role == "user" }.map(\.content).joined(separator: "\n")
        let parts = question.split(separator: "\n")
        let asked = parts.last.flatMap {
            try? JSONDecoder().decode([String: String].self, from: Data($0.utf8))
        }
        film = asked?["film"]
        profile = film == nil ? question : parts.dropLast().joined(separator: "\n")
    }

    /// The title of the film asked for, where the profile names it too.
    var leak: String? {
        guard let film, let label = film.split(separator: " | ").first.map(String.init),
            let lists = try? JSONDecoder().decode([String: String].self, from: Data(profile.utf8))
        else { return nil }
        func key(_ label: String) -> String { folded(label.replacing(#/ \(\d{4}\)$/#, with: "")) }
        let named = lists.values.flatMap { $0.components(separatedBy: "; ") }.map(key)
        return named.contains(key(label)) ? label : nil
    }
}
