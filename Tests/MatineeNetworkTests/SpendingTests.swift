import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Synchronization
import Testing

@Suite("What language models may use up")
struct SpendingTests {
    private static let chat = Chat([Chat.Message(.user, "Hello")], maximumTokens: 40)

    private func model(
        _ server: ModelServer,
        _ limits: SpendingLimits,
        _ ledger: SpendingLedger? = nil,
        price: Price? = nil
    ) throws -> OpenAIModel {
        try OpenAIModel(
            name: "tiny-chat",
            server: OpenAIServer(base: server.address),
            price: price,
            limits: limits,
            ledger: ledger
        )
    }

    /// How many of so many chats are answered; the others are over the budget.
    private func answered(_ model: any LanguageModel, of count: Int) async throws -> Int {
        var answered = 0
        for _ in 1...count {
            do {
                _ = try await model.complete(Self.chat)
                answered += 1
            } catch LanguageModelError.overBudget {}
        }
        return answered
    }

    @Test("A turn has a budget of its own")
    func turn() async throws {
        let server = try await ModelServer()
        // A chat is set aside at 49 tokens and counted at 13.
        let model = try model(server, SpendingLimits(turnTokens: 80))
        for _ in 1...2 { #expect(try await answered(model.forOneTurn(), of: 9) == 3) }
        #expect(server.chats.count == 6)
        try await server.stop()
    }

    @Test("A day's budget in tokens or dollars holds for all models and processes together")
    func day() async throws {
        let server = try await ModelServer()
        for limits in [SpendingLimits(dayTokens: 80), SpendingLimits(dayCost: 0.08)] {
            let folder = try TemporaryFolder()
            let price = Price(prompt: 1_000, completion: 1_000)
            var count = 0
            for _ in 1...3 {
                let ledger = SpendingLedger(folder: folder.url)
                count += try await answered(model(server, limits, ledger, price: price), of: 3)
            }
            let day = try SpendingLedger(folder: folder.url).today()
            #expect(count == 3 && day.tokens == 39 && abs(day.cost - 0.039) < 1e-9, "\(day)")
        }
        try await server.stop()
    }

    @Test("Chats at the same time cannot overrun the budget together")
    func concurrent() async throws {
        let server = try await ModelServer(faults: .slow(milliseconds: 1_000))
        let folder = try TemporaryFolder()
        let model = try model(server, SpendingLimits(dayTokens: 5 * 49), SpendingLedger(folder: folder.url))
        let answered = await withTaskGroup(of: Bool.self) { group in
            for _ in 1...20 { group.addTask { (try? await model.complete(Self.chat)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == 5 && server.chats.count == 5)
        try await server.stop()
    }

    @Test("What fails before it is answered costs nothing; what breaks off costs what came")
    func failures() async throws {
        let server = try await ModelServer(faults: .unauthorized)
        let folder = try TemporaryFolder(), ledger = SpendingLedger(folder: folder.url)
        let model = try model(server, SpendingLimits(), ledger)
        _ = try? await model.complete(Self.chat)
        #expect(try ledger.today().tokens == 0)
        server.change { $0.faults = [.cutOff] }
        do { for try await _ in model.stream(Self.chat) {} } catch {}
        let day = try ledger.today()
        // Nine for the question; of the answer what was read before the connection broke.
        #expect((9...30).contains(day.tokens), "\(day)")
        try await server.stop()
    }

    @Test("The next day begins with nothing")
    func nextDay() async throws {
        let folder = try TemporaryFolder(), server = try await ModelServer()
        let now = Clock()
        let ledger = SpendingLedger(folder: folder.url) { now.date }
        let model = try model(server, SpendingLimits(dayTokens: 49), ledger)
        #expect(try await answered(model, of: 3) == 1)
        now.advance(86_400)
        #expect(try await answered(model, of: 3) == 1)
        try await server.stop()
    }

    private final class Clock: Sendable {
        private let now = Mutex(Date(timeIntervalSince1970: 1_790_000_000))
        var date: Date { now.withLock { $0 } }
        func advance(_ seconds: Double) { now.withLock { $0 += seconds } }
    }

    @Test("Where the day cannot be counted, nothing is sent", arguments: [true, false])
    func uncounted(isDamaged: Bool) async throws {
        let folder = try TemporaryFolder(), server = try await ModelServer()
        let file = folder.url.appending(path: "llm-spending.json")
        try Data("{".utf8).write(to: file)
        let place = isDamaged ? folder.url : file.appending(path: "below")
        await #expect {
            try await model(server, SpendingLimits(), SpendingLedger(folder: place)).complete(Self.chat)
        } throws: { error in
            guard case LanguageModelError.unreachable(let why) = error else { return false }
            return why.contains("what was spent today cannot be kept in \(place.path)")
        }
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test("Prices are known for OpenAI's models and their snapshots, and never guessed")
    func prices() throws {
        #expect(Price.openAI("gpt-4o-mini") == Price(prompt: 0.15, completion: 0.6))
        #expect(Price.openAI("gpt-4o-mini-2024-07-18") == Price.openAI("gpt-4o-mini"))
        for name in ["gpt-4o-mini-audio", "ft:gpt-4o-mini:acme::1", "gpt-99", "tiny-chat"] {
            #expect(Price.openAI(name) == nil)
        }
        let usage = TokenUsage(prompt: 1_000_000, completion: 2_000_000)
        let openAI = try OpenAIModel(name: "gpt-4o-mini", server: OpenAIServer(key: APIKey("sk-123456")))
        let other = try OpenAIModel(name: "gpt-4o-mini", server: OpenAIServer(base: "http://localhost:1"))
        #expect(abs((openAI.cost(of: usage) ?? 0) - 1.35) < 1e-9 && other.cost(of: usage) == nil)
    }
}
