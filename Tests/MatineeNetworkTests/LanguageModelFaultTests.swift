import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("A language model's server that fails")
struct LanguageModelFaultTests {
    private static let key = "sk-test-0123456789abcdefghij"
    private static let chat = Chat([Chat.Message(.user, "Hello")], maximumTokens: 40)

    private func model(
        _ address: String,
        waits: Waits = Waits(),
        limit: Duration = .seconds(120),
        limits: SpendingLimits = SpendingLimits(),
        ledger: SpendingLedger? = nil
    ) throws -> OpenAIModel {
        try OpenAIModel(
            name: "tiny-chat",
            server: OpenAIServer(
                base: address,
                key: APIKey(Self.key),
                timeouts: OpenAIServer.Timeouts(answer: limit)
            ),
            price: Price(prompt: 1_000, completion: 1_000),
            limits: limits,
            ledger: ledger,
            backoff: waits.backoff,
            time: waits.time
        )
    }

    /// What goes wrong with a chat, whole and streamed; the key is in none of it.
    private func errors(_ model: OpenAIModel) async -> [LanguageModelError?] {
        var errors: [LanguageModelError?] = []
        do {
            _ = try await model.complete(Self.chat)
            errors.append(nil)
        } catch { errors.append(error as? LanguageModelError) }
        do {
            for try await _ in model.stream(Self.chat) {}
            errors.append(nil)
        } catch { errors.append(error as? LanguageModelError) }
        #expect(!"\(errors) \(errors.map(String.init(reflecting:)))".contains(Self.key.prefix(8)))
        return errors
    }

    @Test("Each fault is the error that it is, whole and streamed")
    func faults() async throws {
        let server = try await ModelServer()
        func errors(_ fault: ModelServer.Fault, limit: Duration = .seconds(30)) async throws
            -> [LanguageModelError?]
        {
            server.change { $0.faults = [fault] }
            return try await self.errors(model(server.address, limit: limit))
        }
        #expect(try await errors(.unauthorized) == [.unauthorized, .unauthorized])
        #expect(try await errors(.busy(retryAfter: 1)) == [.rateLimited, .rateLimited])
        for status in [500, 503] {
            let refused = LanguageModelError.refused(status: status, "The server had an error (***).")
            #expect(try await errors(.failing(status)) == [refused, refused])
        }
        for fault in [ModelServer.Fault.hanging, .stalled, .slow(milliseconds: 60_000)] {
            #expect(try await errors(fault, limit: .milliseconds(500)) == [.timedOut, .timedOut], "\(fault)")
        }
        #expect(try await errors(.cutOff) == [.cutOff, .cutOff])
        #expect(try await errors(.refusal) == [.declined, .declined])
        for fault in [ModelServer.Fault.invalidJSON, .empty, .huge] {
            for error in try await errors(fault) {
                guard case .unreadable? = error else {
                    Issue.record("\(fault): \(String(describing: error))")
                    continue
                }
            }
        }
        for error in try await errors(.closing) {
            guard case .unreachable? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(try await errors(.wrongSchema) == [nil, nil])
        try await server.stop()
    }

    @Test("Where nobody listens, the error comes at once and names the place")
    func nobody() async throws {
        let server = try await ModelServer(), address = server.address
        try await server.stop()
        let waits = Waits()
        let place = address.split(separator: "/")[1]
        let expected = LanguageModelError.unreachable("nothing answers at \(place)")
        #expect(try await errors(model(address, waits: waits)) == [expected, expected])
        #expect(waits.total < .milliseconds(10))
    }

    @Test("What may pass is tried twice more, with growing waits")
    func retries() async throws {
        for fault in [
            ModelServer.Fault.failing(500), .failing(408), .failing(409), .busy(retryAfter: nil), .closing,
        ] {
            let server = try await ModelServer(faults: fault, fault, nil)
            let waits = Waits()
            #expect(try await model(server.address, waits: waits).complete(Self.chat).text.hasPrefix("Good"))
            let real = waits.all.filter { $0 > .milliseconds(10) }
            #expect(server.chats.count == 3 && real.count == 2, "\(fault): \(waits.all)")
            #expect((.milliseconds(375)...(.milliseconds(500))).contains(real[0]))
            #expect((.milliseconds(750)...(.seconds(1))).contains(real[1]))
            try await server.stop()
        }
        for fault in [ModelServer.Fault.failing(400), .failing(404), .unauthorized] {
            let server = try await ModelServer(faults: fault)
            _ = try? await model(server.address).complete(Self.chat)
            #expect(server.chats.count == 1, "\(fault)")
            try await server.stop()
        }
    }

    @Test("The server's word on when to come again wins")
    func askedWaits() async throws {
        for (headers, wait) in [
            (["retry-after-ms": "2500"], 2.5), (["retry-after": "7"], 7), (["retry-after": "61"], 0.5),
            (["retry-after": "7", "retry-after-ms": "100"], 0.1), (["retry-after": "soon"], 0.5),
        ] {
            let server = try await ModelServer(faults: .failing(503), nil)
            server.change { $0.headers = headers }
            let waits = Waits()
            _ = try await model(server.address, waits: waits).complete(Self.chat)
            let total = waits.total / .seconds(1)
            #expect(wait * 0.74...wait + 0.02 ~= total, "\(headers): \(total)")
            try await server.stop()
        }
        let server = try await ModelServer(faults: .failing(503))
        server.change { $0.headers = ["x-should-retry": "false"] }
        _ = try? await model(server.address).complete(Self.chat)
        #expect(server.chats.count == 1)
        server.change { ($0.headers, $0.faults) = (["x-should-retry": "true"], [.failing(400)]) }
        _ = try? await model(server.address).complete(Self.chat)
        #expect(server.chats.count == 4)
        try await server.stop()
    }

    @Test("Where the limit is reached, the next request waits until it is lifted")
    func rateLimits() async throws {
        let server = try await ModelServer()
        server.change {
            $0.headers = ["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m2.5s"]
        }
        let waits = Waits(), model = try model(server.address, waits: waits)
        _ = try await model.complete(Self.chat)
        #expect(waits.total < .milliseconds(10))
        _ = try await model.complete(Self.chat)
        #expect(waits.total >= .seconds(60) && waits.total < .seconds(61))
        #expect(RateLimits.reset("6m0s") == .seconds(360) && RateLimits.reset("120ms") == .milliseconds(120))
        #expect(RateLimits.reset("1h2m3.5s") == .seconds(3_723.5) && RateLimits.reset("7") == .seconds(7))
        for wrong in ["", "s", "5x", "-3s", "1e400", "99999999999999999h"] {
            #expect(RateLimits.reset(wrong) == nil)
        }
        try await server.stop()
    }

    @Test("A redirect to another server is not followed; the key goes nowhere else")
    func redirects() async throws {
        let other = try await ModelServer()
        let elsewhere = other.address.replacing("127.0.0.1", with: "localhost") + "/chat/completions"
        let server = try await ModelServer(faults: .redirect(elsewhere))
        for error in try await errors(model(server.address)) {
            guard case .refused(status: 307, let words)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(words.contains("localhost"))
        }
        #expect(other.requests.isEmpty)
        server.change { $0.faults = [.redirect("/v1/chat/completions"), nil] }
        #expect(try await model(server.address).complete(Self.chat).text.hasPrefix("Good"))
        try await server.stop()
        try await other.stop()
    }

    @Test("A key that the server repeats is not in the reply, in whatever pieces it comes")
    func echo() async throws {
        let server = try await ModelServer(faults: .echo)
        server.change { $0.pacing.fragment = 5 }
        let model = try model(server.address)
        #expect(try await model.complete(Self.chat).text == "Your key is ***; Bearer ***")
        var text = ""
        for try await case .text(let piece) in model.stream(Self.chat) { text += piece }
        #expect(text == "Your key is ***; Bearer ***")
        try await server.stop()
    }

    @Test("Giving up closes the connection")
    func cancellation() async throws {
        let server = try await ModelServer(faults: .hanging)
        let model = try model(server.address)
        let task = Task { try await model.complete(Self.chat) }
        try await expect(1) { server.chats.count }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await expect(1) { server.abandoned }

        server.change { ($0.faults, $0.pacing.delay) = ([nil], 50) }
        server.change { $0.reply = { _ in String(repeating: "word ", count: 4_000) } }
        for try await case .text(let text) in model.stream(Self.chat) where text.contains("wor") { break }
        try await expect(2) { server.abandoned }

        let reading = Task {
            do { for try await _ in model.stream(Self.chat) {} } catch is CancellationError {}
            return Task.isCancelled
        }
        try await expect(3) { server.chats.count }
        try await Task.sleep(for: .milliseconds(120))
        reading.cancel()
        #expect(try await reading.value)
        try await expect(3) { server.abandoned }
        try await server.stop()
    }

    /// Waits until a number is reached.
    private func expect(
        _ expected: Int,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ number: () -> Int
    ) async throws {
        // Long, since on a busy machine each step waits for all the other tests.
        let end = ContinuousClock.now + .seconds(600)
        while number() != expected, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(5)) }
        #expect(number() == expected, sourceLocation: sourceLocation)
    }
}
