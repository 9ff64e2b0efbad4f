import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Rows read from their bytes")
struct RowScannerTests {
    private static let fields = [
        "id", "title", "aliases", "year", "genres", "directors", "cast", "keywords", "overview", "runtime",
        "languages", "countries", "certificate", "popularity", "imdb_id", "tmdb_id",
    ]
    private static let numbers =
        Fuzzer.numbers + [
            "1995", "1995.0", "0.1234", "0.30000000000000004", "123456789012345", "1234567890123456", "-0.5",
            "-12", "01", "1.", ".5", "1e3", "1E-2", "+1", "-", "0.1e", "1.2.3", "1 2", "0.000000000000001",
        ]
    private static let texts = [
        #""""#, #"" ""#, #""a  b""#, #""a ""#, #""\"q\" \\ \/ \b\f\n\r\t""#, #""\u00e9\u0041\u2028""#,
        #""\ud83c\udfac""#, #""\ud83c""#, #""\u12""#, #""\x""#, #""\"#, "\"tab\there\"", "\"é 日本 🎬\"",
        "\"e\u{301}\"", "\"\u{7F}\u{AD}\u{200B}x\"", "\"Sci-Fi\"", "\"\\u0000x\"", "\"open",
    ]

    private func read(_ row: some Sequence<UInt8>) -> Movie? {
        Array(row).withUnsafeBytes { RowScanner.movie($0) }
    }

    /// Every scalar of a movie's texts, which `==` does not compare: it takes é for e and a mark.
    private func bytes(_ movie: Movie) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(movie)
    }

    /// What is wrong with the reading of a row, or `nil`.
    private func fault(_ row: [UInt8]) throws -> String? {
        guard let movie = read(row) else { return nil }
        guard let expected = try? JSONDecoder().decode(Movie.self, from: Data(row)) else {
            return "JSONDecoder refuses \(String(decoding: row, as: UTF8.self))"
        }
        return try bytes(movie) == bytes(expected) ? nil : "\(movie) for \(expected)"
    }

    private func value(_ fuzzer: inout Fuzzer) -> String {
        switch fuzzer.number(upTo: 9) {
        case 0: return fuzzer.one(of: Self.numbers)
        case 1: return fuzzer.one(of: ["null", "true", "false", "nul", "tru", "{}", "[]", "[null]", "[1]"])
        case 2: return fuzzer.one(of: Self.texts)
        case 3:
            let text = try? JSONEncoder().encode(fuzzer.text(upTo: 30))
            return String(decoding: text ?? Data(), as: UTF8.self)
        case 4:
            let depth = fuzzer.number(upTo: 700)
            return String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        default:
            let texts = (0...fuzzer.number(upTo: 3)).map { _ in fuzzer.one(of: Self.texts) }
            return "[" + texts.joined(separator: fuzzer.one(of: [",", " , ", ",,"])) + "]"
        }
    }

    private func row(_ fuzzer: inout Fuzzer) -> String {
        let space = fuzzer.one(of: ["", "", " ", "\t", " \r"])
        var parts = [#""id":"1""#, #""title":"T""#]
        for _ in 0...fuzzer.number(upTo: 5) {
            let key =
                fuzzer.oneIn(6)
                ? fuzzer.one(of: ["votes", "", "\\u0069d", "ID"]) : fuzzer.one(of: Self.fields)
            parts.append("\"\(key)\"\(space):\(space)\(value(&fuzzer))")
        }
        if fuzzer.oneIn(2) { parts.removeFirst(fuzzer.number(upTo: 2)) }
        return "{" + parts.shuffled(using: &fuzzer.random).joined(separator: "," + space) + "}" + space
    }

    @Test("What is read is what JSONDecoder reads, of any row", .timeLimit(.minutes(Fuzzer.minutes)))
    func random() async {
        let failures = await Fuzzer.failures { fuzzer in
            for _ in 0..<4 {
                if let fault = try fault(Array(row(&fuzzer).utf8)) { return fault }
            }
            return try fault(fuzzer.spoilt(row(&fuzzer).utf8))
        }
        #expect(failures == [])
    }

    @Test("Each number and text alone is read as JSONDecoder reads it, or left to it")
    func values() throws {
        for value in Self.numbers + Self.texts + ["null"] {
            for field in Self.fields {
                for form in [value, "[\(value)]"] {
                    let others = Self.fields.prefix(2).filter { $0 != field }.map { "\"\($0)\":\"1\"," }
                        .joined()
                    #expect(try fault(Array("{\(others)\"\(field)\":\(form)}".utf8)) == nil)
                }
            }
        }
    }

    @Test("A row that was cut short anywhere is left to JSONDecoder")
    func truncated() {
        let row = Array(
            #"{"id":"1","title":"A","year":1995,"cast":["B","é"],"overview":null,"popularity":0.25}"#.utf8
        )
        #expect(read(row)?.popularity == 0.25)
        for count in 0..<row.count { #expect(read(row.prefix(count)) == nil) }
    }

    @Test("Rows of the usual form are read without JSONDecoder: the starter catalogue's and those of imports")
    func usual() throws {
        let lines = try Data(contentsOf: StarterCatalog.url()).split(separator: 10)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for line in lines {
            let movie = try JSONDecoder().decode(Movie.self, from: line)
            #expect(try read(line) == movie && read(encoder.encode(movie)) == movie)
        }
        #expect(
            read(Array(#" { "title" : "B" , "id" : "\u00e9" , "votes" : 7 , "cast" : [ ] } "#.utf8))?.id
                == "é"
        )
    }

    @Test("Printable texts have no character that steers a terminal, whatever the script")
    func printableText() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isOdd =
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
                case .format: scalar != "\u{200D}"
                default: scalar == " "
                }
            let found = Array(printable("a\(String(scalar))b").unicodeScalars)
            if found != (isOdd ? ["a", " ", "b"] : ["a", scalar, "b"]) {
                Issue.record("U+\(String(value, radix: 16))")
            }
        }
        #expect(printable(" é  ü ") == "é ü" && printable("") == "")
    }
}
