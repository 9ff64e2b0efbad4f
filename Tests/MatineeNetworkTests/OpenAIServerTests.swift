import Matinee
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Servers of language models")
struct OpenAIServerTests {
    private static let key = "sk-test-0123456789abcdefghij"

    @Test("Addresses are taken as they are meant")
    func addresses() throws {
        #expect(try OpenAIServer(base: "http://localhost:11434").base == "http://localhost:11434/v1")
        #expect(try OpenAIServer(base: " https://example.org/api/v2// ").base == "https://example.org/api/v2")
        #expect(try OpenAIServer().isOpenAI && OpenAIServer().place == "api.openai.com")
        #expect(try !OpenAIServer(base: "https://api.openai.com.example.org/v1").isOpenAI)
        for wrong in [
            "", "localhost:11434", "ftp://example.org", "https://", "https://me:pass@example.org/v1",
            "https://example.org/v1?key=1", "https://example.org/#x", "file:///etc/passwd",
        ] {
            #expect(throws: OpenAIServerError.badAddress, "\(wrong)") { try OpenAIServer(base: wrong) }
        }
    }

    @Test("A key goes out without encryption to this machine alone")
    func openKeys() throws {
        let key = APIKey(Self.key)
        for base in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://example.org"] {
            #expect(try OpenAIServer(base: base, key: key).hasKey, "\(base)")
        }
        for base in ["http://example.org", "http://127.0.0.1.example.org", "http://192.168.1.5:11434"] {
            #expect(throws: OpenAIServerError.self, "\(base)") { try OpenAIServer(base: base, key: key) }
            #expect(try !OpenAIServer(base: base).isPrivate)
        }
    }

    @Test("A key shows nothing of itself, and what cannot be one is none")
    func keys() throws {
        let key = try #require(APIKey(" \(Self.key)\n"))
        var dumped = ""
        dump(key, to: &dumped)
        dump(try OpenAIServer(key: key), to: &dumped)
        #expect(!(dumped + "\(key)" + String(reflecting: key)).contains("0123456789"))
        #expect(APIKey("") == nil && APIKey("schlüssel") == nil && APIKey("a\u{7}b") == nil)
    }

    @Test("Headers that could smuggle others in are refused, and never quoted")
    func headers() {
        for headers in [["X-A": "1\r\nX-B: 2"], ["X A": "1"], ["": "1"], ["X-A": "é"]] {
            #expect(throws: OpenAIServerError.self) { try OpenAIServer(headers: headers) }
        }
        #expect(throws: OpenAIServerError.badHeader("OpenAI-Project")) { try OpenAIServer(project: "a b") }
    }

    @Test("Models are listed")
    func models() async throws {
        let server = try await ModelServer()
        server.change { ($0.models, $0.key) = (["b", "a\u{1B}[31m"], Self.key) }
        let listed = try await OpenAIServer(base: server.address, key: APIKey(Self.key)).models()
        #expect(listed.map(\.id) == ["a [31m", "b"])
        await #expect(throws: LanguageModelError.unauthorized) {
            try await OpenAIServer(base: server.address).models()
        }
        #expect(server.violations.isEmpty)
        try await server.stop()
    }

    @Test("Embeddings come in order, in as many requests as they need")
    func embeddings() async throws {
        let server = try await ModelServer()
        let model = try OpenAIEmbeddings(name: "tiny-embed", server: OpenAIServer(base: server.address))
        let texts = (1...2_100).map { String(repeating: "x", count: $0 % 300 + 1) }
        let vectors = try await model.vectors(of: texts)
        #expect(vectors == texts.map { [Float($0.utf8.count), 120, 1] })
        #expect(server.requests.count == 2 && server.violations.isEmpty)
        #expect(try await model.vectors(of: []).isEmpty)
        try await server.stop()
    }

    @Test("A check says what a server can do, and leaves the key out")
    func check() async throws {
        let server = try await ModelServer()
        func check() async throws -> ModelCheck {
            try await OpenAIModel(
                name: "tiny-chat",
                server: OpenAIServer(base: server.address, key: APIKey(Self.key))
            ).check()
        }
        server.change {
            $0.reply = { $0.format == nil && !$0.wantsLogProbabilities ? "Films are fun." : nil }
        }
        var found = try await check()
        #expect(found.plain.works && found.stream.works && found.schema.works && found.logProbabilities.works)
        #expect(found.structure == "json_schema" && found.models == 1 && found.usage.completion > 0)
        server.change {
            ($0.abilities.schemas, $0.abilities.json, $0.abilities.logProbabilities) = (false, false, false)
            $0.faults = [.echo]
        }
        found = try await check()
        #expect(found.plain.works && !found.schema.works && !found.logProbabilities.works)
        #expect(!"\(found)".contains(Self.key.prefix(8)) && found.structure == "words")
        #expect(server.violations.isEmpty && server.chats.count == 11)
        try await server.stop()
    }
}
