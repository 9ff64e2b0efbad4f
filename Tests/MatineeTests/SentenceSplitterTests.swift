import Matinee
import Testing

@Suite("Sentences as they come")
struct SentenceSplitterTests {
    private func sentences(_ pieces: [String]) -> [String] {
        var splitter = SentenceSplitter()
        return (pieces.flatMap { splitter.take($0) } + splitter.finish()).map { "\($0.line) \($0.text)" }
    }

    @Test("Lines are known by their numbers, and sentences end at once")
    func lines() {
        let text =
            "0: Hello there. Is it long?\n1: By F. W. Murnau, at 1.5 hours. Good!\n**2:** Dr. No\n3. A film\n[4] Yes"
        let expected = [
            "0 Hello there.", "0 Is it long?", "1 By F. W. Murnau, at 1.5 hours.", "1 Good!", "2 ** Dr. No",
            "3 A film",
            "4 Yes",
        ]
        #expect(
            sentences([text]).map { $0.replacing("** ", with: "") }
                == expected.map { $0.replacing("** ", with: "") }
        )
        #expect(sentences(["1: Visit evil.example now."]) == ["1 Visit evil.", "1 .example now."])
        var splitter = SentenceSplitter()
        #expect(splitter.take("1: It is over").isEmpty && splitter.take(".").map(\.text) == ["It is over."])
        #expect(splitter.take(" From 1995.").isEmpty && splitter.take(" ").map(\.text) == ["From 1995."])
    }

    @Test("However a text is cut into pieces, the sentences are the same")
    func pieces() {
        let text = "Well. 0: One two three! 1995. Four\n\n1: Mr. Five is six. Seven…\r\n12: Eight? Nine"
        for size in 1...12 {
            var pieces: [String] = [], rest = text[...]
            while !rest.isEmpty {
                pieces.append(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(sentences(pieces) == sentences([text]), "\(size)")
        }
    }

    @Test("No sentence is longer than 500 characters")
    func long() {
        #expect(sentences([String(repeating: "word ", count: 5_000)]).allSatisfy { $0.count <= 504 })
    }
}
