import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Words")
struct LexicalIndexTests {
    /// BM25 as Robertson and Zaragoza (2009) write it, in the plainest way.
    private func reference(_ query: Set<String>, _ texts: [[String]]) -> [Double] {
        let mean = Double(texts.reduce(0) { $0 + $1.count }) / Double(texts.count)
        return texts.map { text in
            query.reduce(0) { sum, word in
                let count = Double(text.count { $0 == word }),
                    holding = Double(texts.count { $0.contains(word) })
                let rarity = log(1 + (Double(texts.count) - holding + 0.5) / (holding + 0.5))
                return sum + rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * Double(text.count) / mean))
            }
        }
    }

    @Test("Scores are those of BM25, whatever the texts")
    func scores() {
        var random = SeededGenerator(seed: 3)
        for count in [1, 2, 7, 40] {
            let texts = (0..<count).map { _ in
                (0..<Int.random(in: 1...30, using: &random)).map { _ in
                    "word\(Int.random(in: 0..<25, using: &random))"
                }
            }
            let movies = texts.enumerated().map { row, text in
                var movie = Movie(id: "\(row)", title: "!")
                movie.overview = text.joined(separator: " ")
                return movie
            }
            let index = LexicalIndex(Catalog(movies: movies, checksum: ""))
            for _ in 0..<20 {
                let query = Set((0..<4).map { _ in "word\(Int.random(in: 0..<30, using: &random))" })
                let expected = reference(query, texts)
                let found = index.scores(query.joined(separator: ", "), count: count)
                for (row, score) in (found ?? Array(repeating: 0, count: count)).enumerated() {
                    #expect(abs(Double(score) - expected[row]) < 1e-4)
                }
            }
        }
        #expect(
            LexicalIndex(Catalog(movies: [Movie(id: "a", title: "Heat")], checksum: "")).scores(
                "the",
                count: 1
            ) == nil
        )
    }

    @Test("Folding a text is folding its words")
    func folding() {
        var fuzzer = SeededGenerator(seed: 4)
        let letters = Array("aZ9 -'’éßŁœıİ\u{301}\u{200B}ﬁ漢字ひらがなКино½²\u{FDFA}🙂\n")
        for _ in 0..<2_000 {
            let text = String(
                (0..<Int.random(in: 0...12, using: &fuzzer)).map { _ in
                    letters.randomElement(using: &fuzzer) ?? "a"
                }
            )
            #expect(folded(text) == words(in: text).map(\.folded).joined(separator: " "))
        }
    }
}
