package import Foundation
import Matinee

/// What `matinee finetune prepare` made.
package struct PreparationReport: Sendable, Equatable, Codable {
    /// One of the two files.
    package struct Split: Sendable, Equatable, Codable {
        package var members = 0
        package var examples = 0
        /// How many examples have each answer, from 1 to 5.
        package var answers = [0, 0, 0, 0, 0]
        /// About, at four characters each.
        package var tokens = 0
        package var bytes = 0

        mutating func count(_ answer: Int, _ line: Data) {
            examples += 1
            answers[answer - 1] += 1
            bytes += line.count + 1
            tokens += line.count / 4 + 1
        }
    }

    package var dataset = ""
    package var dataset_sha256 = ""
    package var members = 0
    package var ratings = 0
    /// Ratings without a time, or of a film that was rated again.
    package var unplaced = 0
    /// Members who are others under a second name.
    package var duplicates = 0
    /// Members with too few ratings before their last ones.
    package var too_short = 0
    package var train = Split()
    package var validation = Split()
    package var settings = PreparationSettings()
    /// US dollars.
    package var cost = 0.0

    /// Names who is held out: the same only for the same dataset and the same draw.
    package var split: String {
        let parts = [settings.validation, Double(settings.per_member), Double(settings.least_history)]
        return "\(dataset_sha256) \(settings.seed) \(parts.map { "\($0)" }.joined(separator: " "))"
    }

    mutating func finish(_ settings: PreparationSettings) {
        self.settings = settings
        let dollars = Double(train.tokens * settings.epochs) * settings.price / 1_000_000
        cost = (dollars * 100).rounded() / 100
    }

    var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self) + Data("\n".utf8)
        }
    }

    /// Reads the report of a prepared folder.
    /// - Throws: ``DatasetError``.
    package init(folder: URL) throws {
        let url = folder.appending(path: TrainingPreparer.report)
        do { self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url)) } catch {
            throw DatasetError.unreadable(url.path, "it is no report of `matinee finetune prepare`")
        }
    }

    package init() {}

    /// The report for people.
    package var text: String {
        func line(_ name: String, _ split: Split) -> String {
            let shares = split.answers.enumerated().map { answer, count in
                "\(answer + 1): \(split.examples == 0 ? 0 : 100 * count / split.examples) %"
            }.joined(separator: ", ")
            return
                "\(name): \(split.examples) questions of \(split.members) members, about \(split.tokens) tokens; \(shares)."
        }
        let left = [
            duplicates > 0 ? "\(duplicates) came twice" : "",
            too_short > 0 ? "\(too_short) have rated too little" : "",
            unplaced > 0 ? "\(unplaced) ratings have no time or were given anew" : "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
        return [
            "\(members) members with \(ratings) ratings\(left.isEmpty ? "" : "; left out: " + left).",
            line("Training", train), line("Validation", validation),
            String(
                format: "About $%.2f for %d epochs at $%.2f a million tokens; see what your service asks.",
                cost,
                settings.epochs,
                settings.price
            ),
        ].joined(separator: "\n")
    }
}
