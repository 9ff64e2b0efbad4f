import Matinee
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Thoughts in a reply")
struct ThoughtsTests {
    private func shown(_ pieces: [String]) -> String {
        var thoughts = Thoughts()
        return pieces.map { thoughts.add($0) }.joined() + thoughts.finish()
    }

    @Test("What a reply begins by thinking is not shown, in whatever pieces it comes")
    func pieces() {
        let replies = [
            ("<think>\nIs it a < b?</think>\n\nHeat.", "\n\nHeat."),
            (" \n<think></think>{\"order\":[1]}", "{\"order\":[1]}"),
            ("<think>never ends </thin", ""), ("<thinking> is a word", "<thinking> is a word"),
            ("Heat <think>is</think> good", "Heat <think>is</think> good"), ("<th", "<th"), ("  ", "  "),
            ("", ""),
        ]
        var random = SeededGenerator(seed: 5)
        for (reply, expected) in replies {
            for _ in 0..<200 {
                var rest = Substring(reply), pieces: [String] = []
                while !rest.isEmpty {
                    let length = Int.random(in: 1...min(9, rest.count), using: &random)
                    pieces.append(String(rest.prefix(length)))
                    rest = rest.dropFirst(length)
                }
                #expect(shown(pieces) == expected, "\(pieces)")
            }
        }
    }

    @Test("A server that does not part thoughts from the reply is understood, whole and streamed")
    func server() async throws {
        let server = try await ModelServer()
        server.change { ($0.pacing.fragment, $0.reply) = (3, { _ in "<think>Hm, a heist.</think>\nHeat." }) }
        let model = OpenAIModel(name: "thinker", server: try OpenAIServer(base: server.address))
        let chat = Chat([Chat.Message(.user, "A film?")], maximumTokens: 20)
        #expect(try await model.complete(chat).text == "\nHeat.")
        var text = ""
        for try await case .text(let piece) in model.stream(chat) { text += piece }
        #expect(text == "\nHeat.")
        try await server.stop()
    }
}
