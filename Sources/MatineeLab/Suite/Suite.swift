package import Foundation
package import Matinee

/// Conversations that are played to recommenders, with what must hold of every answer.
package struct Suite: Sendable {
    package struct Conversation: Sendable {
        package var name: String
        /// What it tries: `negation`, `decades`; figures are given for each.
        package var kind: String
        package var messages: [Message]
    }

    package struct Message: Sendable {
        package var text: String
        package var properties: [SuiteProperty]
    }

    package var name: String
    package var conversations: [Conversation]

    /// How many conversations, and messages of one, are played at most.
    static let longest = 10_000

    init(name: String, conversations: [Conversation]) {
        (self.name, self.conversations) = (name, conversations)
    }

    /// Reads a suite, whose films must be in the catalogue.
    /// - Throws: ``EvaluationError`` that names the first place at fault.
    package init(contentsOf url: URL, catalog: Catalog) throws {
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw EvaluationError("The suite \(url.path) cannot be read: name a file that exists.")
        }
        self = try SuiteReader(file: url.lastPathComponent, catalog: catalog).suite(data)
    }
}

/// Reads a suite file: an object with `conversations`, each of a `name`, a `kind` and `messages`, each of what is said
/// (`say`) and what must hold of the answer (`expect`).
struct SuiteReader {
    private let file: String
    private let films: SuiteFilms

    init(file: String, catalog: Catalog) { (self.file, films) = (file, SuiteFilms(catalog)) }

    func suite(_ data: Data) throws -> Suite {
        let fields = try self.fields(tree(data), ["name", "about", "conversations"], at: [])
        guard case .list(let items)? = fields["conversations"], (1...Suite.longest).contains(items.count)
        else {
            throw fault([], "“conversations” must be a list of 1 to \(Suite.longest) conversations")
        }
        let conversations = try items.enumerated().map { try conversation($1, ["conversation \($0 + 1)"]) }
        var names: Set<String> = []
        if let twice = conversations.first(where: { !names.insert($0.name).inserted }) {
            throw fault([], "two conversations are called “\(printable(twice.name))”")
        }
        return Suite(name: fields["name"]?.text ?? file, conversations: conversations)
    }

    private func tree(_ data: Data) throws -> JSONTree {
        do { return try JSONDecoder().decode(JSONTree.self, from: data) } catch {
            var why = "it is not JSON"
            if case .dataCorrupted(let context)? = error as? DecodingError,
                let detail = (context.underlyingError as? NSError)?.userInfo["NSDebugDescription"] as? String
            {
                why += ": \(printable(detail))"
            }
            throw fault([], why)
        }
    }

    private func conversation(_ tree: JSONTree, _ place: [String]) throws -> Suite.Conversation {
        let fields = try self.fields(tree, ["name", "kind", "messages"], at: place)
        guard let name = fields["name"]?.text, let kind = fields["kind"]?.text else {
            throw fault(place, "“name” and “kind” must be texts")
        }
        let place = ["\(place[0]) “\(printable(name))”"]
        guard case .list(let items)? = fields["messages"], (1...Suite.longest).contains(items.count) else {
            throw fault(place, "“messages” must be a list of at least one message")
        }
        let messages = try items.enumerated().map { try message($1, place + ["message \($0 + 1)"]) }
        return Suite.Conversation(name: name, kind: kind, messages: messages)
    }

    private func message(_ tree: JSONTree, _ place: [String]) throws -> Suite.Message {
        let fields = try self.fields(tree, ["say", "expect"], at: place)
        guard case .text(let said)? = fields["say"] else { throw fault(place, "“say” must be a text") }
        guard case .fields(let expected)? = fields["expect"] ?? .fields([:]) else {
            throw fault(place, "“expect” must be an object of properties")
        }
        let properties = try expected.sorted { $0.key < $1.key }.map { key, value in
            try property(key, value, place + ["expect"])
        }
        return Suite.Message(text: said, properties: properties)
    }

    private func property(_ key: String, _ value: JSONTree, _ place: [String]) throws -> SuiteProperty {
        guard let kind = SuiteProperty.Kind(rawValue: key) else {
            let known = SuiteProperty.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(place, "no property is called “\(printable(key))”: there are \(known)")
        }
        do throws(SuiteFault) { return try SuiteProperty(kind, value, films) } catch {
            throw fault(place + [key], error.what)
        }
    }

    private func fields(_ tree: JSONTree, _ known: [String], at place: [String]) throws -> [String: JSONTree]
    {
        guard case .fields(let fields) = tree else {
            throw fault(place, "this must be an object with \(known.joined(separator: ", "))")
        }
        if let unknown = fields.keys.sorted().first(where: { !known.contains($0) }) {
            let names = known.joined(separator: ", ")
            throw fault(place, "“\(printable(unknown))” is not known here: there are \(names)")
        }
        return fields
    }

    private func fault(_ place: [String], _ what: String) -> EvaluationError {
        EvaluationError("The suite cannot be used. \(([file] + place).joined(separator: ", ")): \(what).")
    }
}

/// What is wrong at some place of a suite.
struct SuiteFault: Error {
    var what: String
}

/// The films of a catalogue by title or alias with the year, as suites name them.
struct SuiteFilms {
    private let catalog: Catalog
    private var ids: [String: String] = [:]

    init(_ catalog: Catalog) {
        self.catalog = catalog
        for movie in catalog.movies {
            for title in [movie.title] + movie.aliases {
                let key = Self.key(movie.year.map { "\(title) (\($0))" } ?? title)
                if ids[key] == nil { ids[key] = movie.id }
            }
        }
    }

    private static func key(_ label: String) -> String { folded(label) }

    /// - Throws: ``SuiteFault`` with the films that may have been meant.
    func id(_ label: String) throws(SuiteFault) -> String {
        if let id = ids[Self.key(label)] { return id }
        let title = label.replacing(/\s\(\d{4}\)$/, with: "")
        let near = catalog.search(title, limit: 3).map(\.label)
        let hint = near.isEmpty ? "write it as “Title (Year)”" : "it has \(near.joined(separator: ", "))"
        throw SuiteFault(what: "the catalogue has no film “\(printable(label))”; \(hint)")
    }

    func label(_ id: String) -> String { catalog.row(of: id).map { catalog[$0].label } ?? id }
}
