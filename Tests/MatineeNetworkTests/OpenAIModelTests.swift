import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Synchronization
import Testing

@Suite("A language model over OpenAI's API")
struct OpenAIModelTests {
    static let key = "sk-test-0123456789abcdefghij"

    private func model(
        _ server: ModelServer,
        name: String = "tiny-chat",
        isOpenAI: Bool = true,
        waits: Waits = Waits(),
        limit: Duration = .seconds(120)
    ) throws -> OpenAIModel {
        try OpenAIModel(
            name: name,
            server: OpenAIServer(
                base: server.address,
                key: APIKey(Self.key),
                organization: "org-1",
                project: "proj-1",
                headers: ["X-Title": "Matinee"],
                isOpenAI: isOpenAI,
                timeouts: OpenAIServer.Timeouts(answer: limit)
            ),
            backoff: waits.backoff,
            time: waits.time
        )
    }

    private static let hello = Chat(
        [Chat.Message(.system, "Be brief."), Chat.Message(.user, "Hello")],
        maximumTokens: 50
    )
    private static let order = Chat(
        [Chat.Message(.user, "Order them. Answer in JSON.")],
        schema: Chat.Schema(
            name: "order",
            json:
                #"{"type":"object","properties":{"order":{"type":"array","items":{"type":"integer"},"minItems":3}},"required":["order"],"additionalProperties":false}"#
        ),
        maximumTokens: 50
    )

    private func pieces(_ stream: AsyncThrowingStream<ChatPiece, any Error>) async throws -> (
        text: String, usage: TokenUsage?
    ) {
        var text = "", usage: TokenUsage?
        for try await piece in stream {
            switch piece {
            case .text(let more): text += more
            case .usage(let counted): usage = counted
            }
        }
        return (text, usage)
    }

    @Test("A chat is asked and answered as documented, whole and streamed")
    func plain() async throws {
        let server = try await ModelServer()
        let model = try model(server)
        let reply = try await model.complete(Self.hello)
        #expect(reply.text == "Good evening. What would you like to see?")
        #expect(reply.usage.prompt > 0 && reply.usage.completion == 8)
        let streamed = try await pieces(model.stream(Self.hello))
        #expect(streamed.text == reply.text && streamed.usage == reply.usage)
        #expect(server.violations.isEmpty && server.requests.count == 2)
        let request = server.requests[0]
        #expect(request.key == Self.key && request["openai-organization"] == "org-1")
        #expect(request["openai-project"] == "proj-1" && request["x-title"] == "Matinee")
        #expect(
            request.json["max_completion_tokens"] as? Int == 50 && request.json["temperature"] as? Double == 0
        )
        try await server.stop()
    }

    @Test(
        "Streams come in any pieces, with comments and any line ends",
        arguments: ["\n", "\r\n"],
        [1, 7, nil]
    )
    func split(_ end: String, _ size: Int?) async throws {
        let server = try await ModelServer()
        server.change {
            ($0.pacing.lineEnd, $0.pacing.fragment, $0.pacing.comments) = (end, size, true)
            $0.reply = { _ in "Amélie – 🎬 is “lovely”.\n\tYes." }
        }
        let streamed = try await pieces(model(server).stream(Self.hello))
        #expect(streamed.text == "Amélie – 🎬 is “lovely”.\n\tYes." && streamed.usage != nil)
        try await server.stop()
    }

    @Test("Log-probabilities come with their alternatives, likeliest first")
    func logProbabilities() async throws {
        let server = try await ModelServer()
        var chat = Self.hello
        chat.alternatives = 5
        let reply = try await model(server).complete(chat)
        #expect(reply.text == "4" && reply.alternatives.count == 1)
        #expect(reply.alternatives[0].map(\.text) == ["4", "5", "3", "2", "1"])
        #expect(reply.alternatives[0][1].logProbability == -1.6)
        try await server.stop()
    }

    @Test("A schema is asked for as the server knows it, and what it does not know is asked for once")
    func degradation() async throws {
        let server = try await ModelServer()
        let model = try model(server)
        #expect(try await model.complete(Self.order).text == #"{"order":[1,2,3]}"#)
        server.change { behaviour in
            behaviour.abilities.schemas = false
            behaviour.reply = { _ in "```json\n{\"order\":[3,2,1]}\n```" }
        }
        for _ in 1...2 { #expect(try await model.complete(Self.order).text == #"{"order":[3,2,1]}"#) }
        server.change { $0.abilities.json = false }
        for _ in 1...2 { #expect(try await model.complete(Self.order).text == #"{"order":[3,2,1]}"#) }
        #expect(
            server.chats.map(\.format) == [
                "json_schema", "json_schema", "json_object", "json_object", "json_object", nil, nil,
            ]
        )
        #expect(server.chats.last?.messages.first?.text.contains("\"minItems\":3") == true)
        #expect(server.violations.isEmpty)
        try await server.stop()
    }

    @Test("A server that takes schemas in its own way gets them so, and is not asked again what it named")
    func llamaCpp() async throws {
        let server = try await ModelServer()
        server.change { $0.abilities.isLlamaCpp = true }
        let waits = Waits(), model = try model(server, waits: waits)
        for _ in 1...2 { #expect(try await model.complete(Self.order).text == #"{"order":[1,2,3]}"#) }
        #expect(server.chats.map(\.format) == ["json_schema", "json_object", "json_object"])
        #expect(server.chats[1].schema != nil && server.violations.isEmpty && waits.total < .milliseconds(10))
        try await server.stop()
    }

    @Test("What a server knows is remembered for the next process, for this server alone")
    func remembered() async throws {
        let folder = try TemporaryFolder(), file = folder.url.appending(path: "abilities.json")
        let server = try await ModelServer(), other = try await ModelServer()
        server.change { $0.abilities.schemas = false }
        for address in [server.address, server.address, other.address] {
            let model = try OpenAIModel(
                name: "tiny-chat",
                server: OpenAIServer(base: address),
                memory: AbilityMemory(file: file)
            )
            _ = try await model.complete(Self.order)
        }
        #expect(server.chats.map(\.format) == ["json_schema", "json_object", "json_object"])
        #expect(other.chats.map(\.format) == ["json_schema"])
        try await server.stop()
        try await other.stop()
    }

    @Test("Models are asked for what their family takes")
    func families() async throws {
        let server = try await ModelServer()
        var chat = Self.hello
        chat.alternatives = 5
        func request(_ name: String, isOpenAI: Bool = true) async throws -> [String: Any] {
            _ = try await model(server, name: name, isOpenAI: isOpenAI).complete(chat)
            return server.chats.last?.json ?? [:]
        }
        for name in ["gpt-4o-mini", "ft:gpt-4o-mini-2024-07-18:acme::x", "gpt-4.1-mini", "gpt-5-chat-latest"]
        {
            let json = try await request(name)
            #expect(
                json["temperature"] != nil && json["logprobs"] != nil && json["reasoning_effort"] == nil,
                "\(name)"
            )
            #expect(json["max_completion_tokens"] as? Int == 50)
        }
        for (name, effort) in [
            ("gpt-5-mini", "minimal"), ("o4-mini", "low"), ("o3", "low"), ("gpt-5.2-pro", "high"),
        ] {
            let json = try await request(name)
            #expect(
                json["temperature"] == nil && json["logprobs"] == nil
                    && json["reasoning_effort"] as? String == effort,
                "\(name)"
            )
            #expect(json["max_completion_tokens"] as? Int ?? 0 > 1_000 && json["max_tokens"] == nil)
        }
        for name in ["gpt-5.1", "gpt-5.6-luna", "gpt-6-luna", "gpt-12"] {
            let json = try await request(name)
            #expect(
                json["temperature"] != nil && json["logprobs"] != nil
                    && json["reasoning_effort"] as? String == "none",
                "\(name)"
            )
        }
        let local = try await request("qwen3:8b", isOpenAI: false)
        #expect(
            local["max_tokens"] as? Int == 50 && local["max_completion_tokens"] == nil
                && local["temperature"] != nil
        )
        #expect(server.violations.isEmpty)
        try await server.stop()
    }

    @Test("A reasoning model that the table does not know still answers, and is known from then on")
    func unknownReasoning() async throws {
        let server = try await ModelServer()
        server.change { ($0.abilities.isReasoning, $0.abilities.streamOptions) = (true, false) }
        var chat = Self.order
        chat.alternatives = 3
        let model = try model(server, name: "deep-thought", isOpenAI: false)
        #expect(try await model.complete(chat).text == #"{"order":[1,2,3]}"#)
        let tries = server.chats.count
        #expect(tries == 4)
        #expect(try await model.complete(chat).alternatives.isEmpty)
        #expect(server.chats.count == tries + 1)
        #expect(try await pieces(model.stream(chat)).usage == nil)
        #expect(server.chats.count == tries + 3)
        try await server.stop()
    }

    @Test("A server that does not stream answers in one piece")
    func unstreamed() async throws {
        let server = try await ModelServer()
        server.change { $0.abilities.streams = false }
        let streamed = try await pieces(model(server).stream(Self.hello))
        #expect(
            streamed.text == "Good evening. What would you like to see?" && streamed.usage?.completion == 8
        )
        try await server.stop()
    }
}
