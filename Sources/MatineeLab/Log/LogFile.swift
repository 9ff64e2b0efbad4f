package import Foundation
import Matinee

/// A log: JSON Lines of turns, as `matinee log export` writes them, of one system.
package struct LogFile: Sendable {
    /// What a file may hold; more is refused, so that any file is read in bounded time and memory.
    package struct Limits: Sendable {
        /// Turns; a million of ours take about 10 GB.
        package var turns = 200_000
        /// Bytes of a line; ours take about 10,000 for a dimension of 384.
        package var lineBytes = 4_000_000
        package var candidates = 1_000
        package var picks = 100
        package var dimension = 16_384

        package init() {}
    }

    /// The file's name, for reports.
    package let name: String
    /// The SHA-256 of its bytes.
    package let checksum: String
    /// In the order of the file, those that were taken back included.
    package let rows: [LogRow]

    /// Reads a file, on all cores; `-` stands for standard input.
    ///
    /// - Throws: ``EvaluationError`` that names the first line that is no turn, what it lacks and what to do.
    package init(contentsOf path: String, limits: Limits = Limits()) throws {
        try self.init(Self.read(path), name: path == "-" ? "standard input" : path, limits: limits)
    }

    /// Reads the bytes of a file.
    package init(_ data: Data, name: String, limits: Limits = Limits()) throws {
        let lines = CatalogLines(data)
        guard lines.count > 0 else {
            throw EvaluationError(
                "The log \(name) holds no turns: `matinee log export > log.jsonl` writes one."
            )
        }
        guard lines.count <= limits.turns else {
            throw EvaluationError(
                "The log \(name) holds \(lines.count) turns, and \(limits.turns) are read at the most: measure it in parts."
            )
        }
        let reader = LogReader(limits: limits)
        rows = try parallelMap(lines.count) { reader.row(of: lines[$0]) }.enumerated().map { place, result in
            let line = lines.number(place)
            switch result {
            case .success(var row):
                row.line = line
                return row
            case .failure(let fault):
                throw EvaluationError("Line \(line) of the log \(name) is no turn: \(fault). \(Self.advice)")
            }
        }
        (self.name, checksum) = (name, sha256(data))
        try checkDimensions()
    }

    static let advice =
        "A line must be as `matinee log export` writes it (docs/json.md); mend it or leave it out."

    private static func read(_ path: String) throws -> Data {
        do {
            if path == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
            return try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch {
            throw EvaluationError(
                "The log \(path) cannot be read: \(reason(error)). Name a file that exists."
            )
        }
    }

    /// Vectors of different lengths come from different embedders, between which no cosine means anything.
    private func checkDimensions() throws {
        var first: (line: Int, dimension: Int)?
        for row in rows {
            for vector in [row.present, row.taste].compactMap(\.self) {
                let (line, dimension) = first ?? (row.line, vector.count)
                guard dimension == vector.count else {
                    throw EvaluationError(
                        "Line \(row.line) of the log \(name) has a taste of \(vector.count) numbers and line \(line) one of \(dimension): they come from different embedding models. Measure the turns of each in a file of their own."
                    )
                }
                first = (line, dimension)
            }
        }
    }

    /// What reports call it: the file's name without folders and ending.
    package var title: String {
        name.contains("/") || name.contains(".")
            ? URL(filePath: name).deletingPathExtension().lastPathComponent : name
    }

    /// The length of the vectors; `nil` where no row has one.
    package var dimension: Int? { rows.lazy.compactMap { ($0.taste ?? $0.present)?.count }.first }
}

extension LogFile {
    /// The turns of a user, in their order; a row without a user is a conversation of its own.
    package struct Conversation: Sendable {
        /// The user's name, or what stands for it.
        package var name: String
        package var rows: [LogRow]
    }

    /// The conversations by their first line, without turns that were taken back.
    package var conversations: [Conversation] {
        var order: [String] = [], rows: [String: [LogRow]] = [:]
        for row in self.rows where !row.undone {
            // No user's name holds a line feed.
            let key = row.user ?? "\n\(row.line)"
            if rows[key] == nil { order.append(key) }
            rows[key, default: []].append(row)
        }
        return order.map { key in
            let own = rows[key, default: []]
            return Conversation(
                name: own.first?.user ?? "line \(own.first?.line ?? 0)",
                rows: own.sorted { ($0.turn ?? $0.line, $0.line) < ($1.turn ?? $1.line, $1.line) }
            )
        }
    }
}
