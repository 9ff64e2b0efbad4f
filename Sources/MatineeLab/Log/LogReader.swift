import Foundation
import Matinee

/// Reads a line of a log.
struct LogReader: Sendable {
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    var limits = LogFile.Limits()

    /// A turn, or what is wrong with the line, for the middle of a sentence.
    func row(of bytes: Data) -> Result<LogRow, Fault> {
        guard bytes.count <= limits.lineBytes else {
            return .failure(
                Fault(description: "it has \(bytes.count) bytes, and \(limits.lineBytes) are read")
            )
        }
        return Result { try JSONDecoder().decode(LogRow.self, from: bytes) }
            .mapError(fault)
            .flatMap { row in check(row).map(Result.failure) ?? .success(row) }
    }

    /// What makes a row unusable though it is of the right form.
    private func check(_ row: LogRow) -> Fault? {
        if row.picks.count > limits.picks {
            return Fault(description: "it has \(row.picks.count) picks, and \(limits.picks) are read")
        }
        if row.candidates.count > limits.candidates {
            return Fault(
                description: "it has \(row.candidates.count) candidates, and \(limits.candidates) are read"
            )
        }
        for (list, ids) in [("picks", row.picks.map(\.id)), ("candidates", row.candidates.map(\.id))] {
            if let twice = repeated(ids) {
                return Fault(description: "\(list) has “\(printable(twice))” twice")
            }
        }
        for (name, vector) in [("e_t", row.present), ("u_t", row.taste)] {
            guard let vector else { continue }
            if vector.isEmpty || vector.count > limits.dimension || normalised(vector) == nil {
                return Fault(
                    description:
                        "\(name) has no direction: it must hold 1 to \(limits.dimension) numbers, not all 0"
                )
            }
        }
        return nil
    }

    private func repeated(_ ids: [String]) -> String? {
        var seen: Set<String> = []
        return ids.first { !seen.insert($0).inserted }
    }

    private func fault(_ error: any Error) -> Fault {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            Fault(description: "\(path(context.codingPath + [key])) is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            Fault(description: "\(path(context.codingPath)) has the wrong type")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            Fault(description: "\(path(context.codingPath)) cannot be read")
        default: Fault(description: "it is not valid JSON")
        }
    }

    /// Where in the row something is: `picks.2.id`.
    private func path(_ keys: [any CodingKey]) -> String {
        let names = keys.map { $0.intValue.map { "\($0 + 1)" } ?? printable($0.stringValue) }
        return names.isEmpty ? "the row" : names.joined(separator: ".")
    }
}
