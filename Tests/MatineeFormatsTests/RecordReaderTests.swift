import Foundation
import MatineeFormats
import MatineeTesting
import Testing

@Suite("Tables")
struct RecordReaderTests {
    /// All rows of a text with the lines they begin on, and the count.
    private func rows(_ bytes: [UInt8], _ separation: Separation = .commas, chunk: Int = 64) throws -> (
        rows: [[String]], lines: [Int], tally: Tally
    ) {
        var rows: [[String]] = [], lines: [Int] = [], tally = Tally()
        try RecordReader(ByteStream(bytes), separation, chunk: chunk).forEach(&tally) { record in
            rows.append((0..<record.count).map { record.text($0) })
            lines.append(record.line)
            return nil
        }
        return (rows, lines, tally)
    }

    private func rows(_ text: String, _ separation: Separation = .commas) throws -> [[String]] {
        try rows(Array(text.utf8), separation).rows
    }

    @Test("A file full of open quotations is read in time", .timeLimit(.minutes(1)))
    func openQuotations() throws {
        var tally = Tally()
        let bytes = Array(String(repeating: "x\",\"\n", count: 300_000).utf8)
        try RecordReader(ByteStream(bytes), .commas, chunk: 1 << 16).forEach(&tally) { _ in nil }
        #expect(tally.faults > 0)
    }

    @Test("Fields, quotation marks, line ends and marks are read by RFC 4180")
    func examples() throws {
        #expect(try rows("a,b\r\n\r\n\"c,\"\"d\"\"\r\ne\",f\r\n") == [["a", "b"], ["c,\"d\"\r\ne", "f"]])
        #expect(try rows("\u{FEFF}a,,\n,\"\"") == [["a", "", ""], ["", ""]])
        #expect(try rows("6'2\" tall,\"x\"y") == [["6'2\" tall", "xy"]])
        #expect(try rows("1::A: B::C", .doubleColons) == [["1", "A: B", "C"]])
        #expect(try rows("1\t\"A\t", .tabs) == [["1", "\"A", ""]])
        #expect(try rows(Array("a|Cit".utf8) + [0xE9, 10], .bars).rows == [["a", "Cité"]])
        #expect(try rows("") == [] && rows("\u{FEFF}") == [])
    }

    @Test("A row with a quotation mark that is not closed is one fault, and reading goes on behind it")
    func unclosed() throws {
        let found = try rows(Array("a,b\n\"c,d\ne,f\n".utf8))
        #expect(found.rows == [["a", "b"], ["e", "f"]] && found.lines == [1, 3])
        #expect(found.tally.faults == 1 && found.tally.rows == 3 && found.tally.firstLine == 2)
    }

    @Test("A line that is too long is one fault and is not kept")
    func tooLong() throws {
        let long = [UInt8](repeating: 120, count: RecordReader.longest * 3)
        let found = try rows(Array("a,b\n".utf8) + long + Array("\nc,d".utf8), chunk: 1 << 20)
        #expect(found.rows == [["a", "b"], ["c", "d"]] && found.lines == [1, 3])
        #expect(found.tally.faults == 1 && found.tally.firstLine == 2)
    }

    private func quoted(_ field: [UInt8]) -> [UInt8] {
        [34] + field.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
    }

    @Test("What was written comes back, in pieces of any size", .timeLimit(.minutes(Fuzzer.minutes)))
    func roundTrip() async {
        let failures = await Fuzzer.failures { fuzzer in
            let table: [[[UInt8]]] = (0...fuzzer.number(upTo: 8)).map { _ in
                (0...fuzzer.number(upTo: 4)).map { _ in
                    Array((fuzzer.text(upTo: 12) + fuzzer.one(of: ["x", ",", "\"", "\n", "\r\n"])).utf8)
                }
            }
            let lines = table.map { row in Array(row.map(quoted).joined(separator: [44])) }
            let bytes: [UInt8] = Array(lines.joined(separator: fuzzer.one(of: [[10], [13, 10]])))
            let found = try rows(bytes, chunk: 16 + fuzzer.number(upTo: 200)).rows
            return found.map { $0.map { Array($0.utf8) } } == table ? nil : "\(table)"
        }
        #expect(failures == [])
    }

    @Test(
        "Any bytes are read to the end, the same in pieces of any size",
        .timeLimit(.minutes(Fuzzer.minutes))
    )
    func anything() async {
        let table = Array("a,\"b\nc\",d\r\n1,2,\"\"\"\"\n::\t|;\n".utf8)
        let separations: [Separation] = [.commas, .tabs, .bars, .doubleColons, .semicolons, .lines]
        let failures = await Fuzzer.failures { fuzzer in
            let bytes = fuzzer.spoilt(fuzzer.oneIn(2) ? table : fuzzer.bytes(upTo: 300))
            let separation = fuzzer.one(of: separations)
            let one = try rows(bytes, separation, chunk: 16),
                all = try rows(bytes, separation, chunk: 1 << 16)
            guard one.rows == all.rows, one.lines == all.lines, one.tally == all.tally else {
                return "\(bytes)"
            }
            return one.lines == one.lines.sorted() ? nil : "\(one.lines)"
        }
        #expect(failures == [])
    }
}
