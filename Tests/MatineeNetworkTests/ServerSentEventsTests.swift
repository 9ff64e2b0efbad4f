import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Server-sent events")
struct ServerSentEventsTests {
    /// The data of all events, read in parts that end at the given places.
    private func read(_ bytes: [UInt8], cutAt places: [Int] = []) throws -> [String] {
        var events = ServerSentEvents(), data: [String] = [], start = 0
        for end in places.sorted() + [bytes.count] {
            data += try events.add(bytes[start..<end])
            start = end
        }
        return data + [events.finish()].compactMap { $0 }
    }

    private static let stream =
        "\u{FEFF}: a comment\n\ndata: {\"a\":1}\n\nevent: x\nid: 7\ndata:é – 🎬\ndata\ndata:  two\n\n\n\nretry: 3\n\ndatax: no\n\ndata: [DONE]\n\n"
    private static let expected = ["{\"a\":1}", "é – 🎬\n\n two", "[DONE]"]

    @Test("Data is read as the standard says, whatever ends the lines", arguments: ["\n", "\r\n", "\r"])
    func standard(_ end: String) throws {
        let bytes = Array(Self.stream.replacing("\n", with: end).utf8)
        #expect(try read(bytes) == Self.expected)
        for place in bytes.indices { #expect(try read(bytes, cutAt: [place]) == Self.expected) }
        #expect(try read(bytes, cutAt: Array(bytes.indices)) == Self.expected)
    }

    @Test("The last event may lack the empty line, and its line end")
    func unfinished() throws {
        #expect(try read(Array("data: a\n\ndata: b\n".utf8)) == ["a", "b"])
        #expect(try read(Array("data: a\n\ndata: b".utf8)) == ["a", "b"])
        #expect(try read(Array("data: a\n\n: b".utf8)) == ["a"])
    }

    @Test(
        "Any split of any bytes gives the same events, and nothing crashes",
        .timeLimit(.minutes(Fuzzer.minutes))
    )
    func fuzzed() async {
        let failures = await Fuzzer.failures { fuzzer in
            let bytes =
                fuzzer.oneIn(3) ? fuzzer.bytes(upTo: 300) : fuzzer.spoilt(Self.stream.utf8)
            let places = (0..<fuzzer.number(upTo: 12)).map { _ in fuzzer.number(upTo: bytes.count) }
            let whole = try read(bytes), parts = try read(bytes, cutAt: places)
            return whole == parts ? nil : "\(whole) is \(parts) in parts"
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }

    @Test("An event without end is an error, not a full memory")
    func endless() {
        var events = ServerSentEvents()
        let line = Array("data: \(String(repeating: "x", count: 1_000))\n".utf8)
        #expect(throws: ServerSentEvents.TooLong.self) {
            for _ in 0...ServerSentEvents.longest / 1_000 { _ = try events.add(line) }
        }
    }
}
