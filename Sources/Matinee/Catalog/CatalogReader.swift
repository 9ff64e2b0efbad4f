import Dispatch
import Foundation
import Synchronization

/// Reads catalogue rows out of a JSON Lines file.
struct CatalogReader {
    /// A line of the file: its number from 1 and the row, or what is wrong with it.
    struct Line: Sendable {
        var number: Int
        var row: Result<Movie, Fault>
    }

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Splits a file into lines and decodes each, on all cores; empty lines are passed over.
    func lines(of data: Data) -> [Line] {
        let all = split(data), size = 512, count = (all.count + size - 1) / size
        let parts = Mutex([[Line]](repeating: [], count: count))
        DispatchQueue.concurrentPerform(iterations: count) { part in
            let decoder = JSONDecoder()
            let lines = all[part * size..<min((part + 1) * size, all.count)].map { number, bytes in
                Line(
                    number: number,
                    row: Result { try decoder.decode(Movie.self, from: bytes) }.mapError(fault)
                )
            }
            parts.withLock { $0[part] = lines }
        }
        return parts.withLock { $0.flatMap(\.self) }
    }

    /// The lines that are not empty, with their numbers from 1.
    private func split(_ data: Data) -> [(number: Int, bytes: Data)] {
        let ranges = data.withUnsafeBytes { bytes in
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
                .filter { _, line in line.contains { $0 != 32 && $0 != 13 && $0 != 9 } }
                .map { (number: $0 + 1, range: $1.startIndex..<$1.endIndex) }
        }
        return ranges.map { number, range in
            (number, data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound])
        }
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
    func unknownFields(in data: Data) -> [String] {
        var names: Set<String> = []
        for (_, bytes) in split(data) {
            guard let row = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] else { continue }
            names.formUnion(row.keys)
        }
        return names.subtracting(Movie.CodingKeys.allCases.map(\.stringValue)).sorted()
    }
}
