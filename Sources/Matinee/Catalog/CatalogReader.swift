import Dispatch
import Foundation

/// Reads catalogue rows out of a JSON Lines file.
struct CatalogReader {
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Decodes each line, on all cores.
    func rows(of lines: CatalogLines) -> [Result<Movie, Fault>] {
        let size = 512, parts = (lines.count + size - 1) / size
        return [Result<Movie, Fault>](unsafeUninitializedCapacity: lines.count) { rows, count in
            // Safe without a lock: every place is filled by one iteration alone.
            nonisolated(unsafe) let rows = rows
            DispatchQueue.concurrentPerform(iterations: parts) { part in
                for line in part * size..<min((part + 1) * size, lines.count) {
                    rows.initializeElement(at: line, to: row(of: lines[line]))
                }
            }
            count = lines.count
        }
    }

    /// A row, or what is wrong with it.
    func row(of bytes: Data) -> Result<Movie, Fault> {
        if let movie = bytes.withUnsafeBytes({ RowScanner.movie($0) }) { return .success(movie) }
        return Result { try JSONDecoder().decode(Movie.self, from: bytes) }.mapError(fault)
    }

    private func fault(_ error: any Error) -> Fault {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): Fault(description: "\(key.stringValue) is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            Fault(description: "\(context.codingPath.first?.stringValue ?? "the row") has the wrong type")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            Fault(description: context.debugDescription)
        default: Fault(description: "it is not valid JSON")
        }
    }

    /// The names of fields that no row has, in alphabetical order.
    func unknownFields(in lines: CatalogLines) -> [String] {
        let known = Set(Movie.CodingKeys.allCases.map(\.stringValue))
        var names: Set<String> = []
        for line in 0..<lines.count where !lines[line].withUnsafeBytes({ RowScanner.hasKnownFieldsOnly($0) })
        {
            guard let row = try? JSONSerialization.jsonObject(with: lines[line]) as? [String: Any] else {
                continue
            }
            names.formUnion(row.keys)
        }
        return names.subtracting(known).sorted()
    }
}
