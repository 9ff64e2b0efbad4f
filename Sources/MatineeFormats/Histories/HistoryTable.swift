import Foundation
import Matinee

/// A table of a history with named columns.
struct HistoryTable {
    let name: String
    private let reader: RecordReader
    private(set) var columns: [String: Int] = [:]

    /// Opens a table and reads its names of columns.
    /// - Parameter first: the name of the column in front, where rows stand before the names.
    init(_ name: String, _ stream: ByteStream, first: String? = nil) throws {
        self.name = name
        reader = RecordReader(stream, .commas)
        var before = 0
        while case .record(let record) = try reader.next() {
            if record.fields.contains(where: { $0.contains(0) }) { throw HistoryError.wrongEncoding(name) }
            let names = record.fields.indices.map { FileKind.plain(record.text($0)) }
            before += 1
            guard first == nil || names.first == first || before > 10 else { continue }
            columns = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
            return
        }
    }

    /// The place of a column by its name without case and punctuation.
    /// - Throws: ``HistoryError/missingColumn(_:file:)``.
    func place(_ column: String) throws -> Int {
        guard let place = columns[FileKind.plain(column)] else {
            throw HistoryError.missingColumn(column, file: name)
        }
        return place
    }

    /// Reads all rows; those of too few fields are malformed, and so are those for which a ``HistoryField/Fault`` is thrown.
    func forEach(_ body: (Record) throws -> String?) throws -> Tally {
        var tally = Tally()
        let least = (columns.values.max() ?? 0) + 1
        try reader.forEach(&tally) { record in
            guard record.count >= least else { return "it has too few fields" }
            do { return try body(record) } catch let fault as HistoryField.Fault { return fault.reason }
        }
        return tally
    }
}

/// Reads single fields of histories.
enum HistoryField {
    /// A year or nothing.
    /// - Throws: ``Fault`` for anything else.
    static func year(_ text: String) throws -> Int? {
        if text.isEmpty { return nil }
        guard let year = Int(text), (1870...2100).contains(year) else { throw Fault("its year is no year") }
        return year
    }

    /// A rating on a scale up to so many, drawn to 0.5...5, or nothing.
    static func rating(_ text: String, of scale: Double = 5) throws -> Double? {
        if text.isEmpty { return nil }
        guard let rating = Double(text), rating.isFinite else { throw Fault("its rating is no number") }
        return rating * 5 / scale
    }

    /// A day or nothing.
    static func day(_ text: String) throws -> Int? {
        if text.isEmpty { return nil }
        guard let day = Day.seconds(text) else { throw Fault("its date is no date") }
        return day
    }

    /// What is wrong with a row.
    struct Fault: Error {
        var reason: String
        init(_ reason: String) { self.reason = reason }
    }
}
