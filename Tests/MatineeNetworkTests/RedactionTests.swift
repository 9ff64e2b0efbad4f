import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Redaction of keys")
struct RedactionTests {
    private static let key = "sk-proj-Ab3dEf6hIj9kLmNo2qRs"

    @Test("A key goes, whole or in part; other text stays")
    func plain() {
        let redaction = Redaction([Self.key])
        #expect(redaction("Incorrect key: \(Self.key).") == "Incorrect key: ***.")
        #expect(redaction("\(Self.key)\(Self.key)") == "***")
        #expect(redaction("It begins sk-proj-Ab3… and ends …mNo2qRs") == "It begins ***… and ends …mNo2qRs")
        #expect(redaction("sk-pr is short, é 🎬") == "sk-pr is short, é 🎬")
        #expect(Redaction(["EMPTY"])("It is EMPTY") == "It is EMPTY")
        #expect(Redaction(["secret"])("a secret!") == "a ***!")
        #expect(Redaction([])(Self.key) == Self.key)
    }

    @Test("A stream in any pieces shows what a whole text shows", .timeLimit(.minutes(Fuzzer.minutes)))
    func streamed() async {
        let redaction = Redaction([Self.key, "secret"])
        let failures = await Fuzzer.failures { fuzzer in
            let text = (0..<4).map { _ in
                fuzzer.one(of: [
                    Self.key, String(Self.key.dropFirst(fuzzer.number(upTo: 20))), "secret",
                    fuzzer.text(upTo: 9),
                ])
            }.joined()
            let scalars = Array(text.unicodeScalars)
            var stream = Redaction.Stream(redaction), shown = "", start = 0
            while start < scalars.count {
                let end = min(scalars.count, start + 1 + fuzzer.number(upTo: 9))
                shown += stream.add(String(String.UnicodeScalarView(scalars[start..<end])))
                start = end
            }
            shown += stream.finish()
            let whole = redaction(text)
            let isHidden = !shown.contains(Self.key.prefix(8)) && !shown.contains("secret")
            return shown == whole && isHidden
                ? nil : "\(text.debugDescription) shows \(shown) in pieces, \(whole) whole"
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }
}
