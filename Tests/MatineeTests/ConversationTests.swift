import Matinee
import MatineeTesting
import Testing

@Suite("Conversation")
struct ConversationTests {
    @Test("What was heard goes with the messages taken back; of long conversations the latest is kept")
    func utterances() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20 {
            var conversation = Conversation(), now: [String] = [], before: [[String]] = []
            for number in 0..<Int.random(in: 1...300, using: &generator) {
                let words = "\(number)"
                switch Int.random(in: 0..<5, using: &generator) {
                case 0:
                    conversation.add(Request(act: .undo))
                    now = before.popLast() ?? now
                case 1:
                    conversation.hear(Dialogue.Utterance(.assistant, words))
                    now.append(words)
                default:
                    var request = Request(act: .recommend)
                    request.utterance = Dialogue.Utterance(.user, words)
                    conversation.add(request)
                    before = before.suffix(99) + [now]
                    now.append(words)
                }
                let heard = conversation.utterances.map(\.words)
                #expect(heard.count <= 100 && heard == now.suffix(heard.count))
                #expect(heard.count == now.count || number >= 100)
            }
        }
    }
}
