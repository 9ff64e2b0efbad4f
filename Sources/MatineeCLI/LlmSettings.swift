import Foundation
import Matinee
import MatineeNetwork

/// The language model's server and limits, out of the settings.
extension SettingsReader {
    /// The model of OpenAI that is asked where none is named.
    static let standardLanguageModel = "gpt-6-luna"

    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    private func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The server that is switched on, or `nil` where none is.
    /// - Parameter choice: `none`, `openai` or an address; `nil` for what the flag, the environment or the file says.
    /// - Throws: ``UsageError`` for what makes no server.
    func languageModelServer(_ options: LanguageModelOptions, choice: String? = nil) throws -> OpenAIServer? {
        guard let choice = choice ?? text(options.llm, .llm), choice != "none" else { return nil }
        let isOpenAI = choice == "openai"
        let base = isOpenAI ? variable("OPENAI_BASE_URL") ?? OpenAIServer.openAI : choice
        guard isOpenAI || choice.contains("://") else {
            throw UsageError(
                "llm must be none, openai or an address such as http://localhost:11434/v1."
            )
        }
        let server = try server(at: base, options, isOpenAI: isOpenAI)
        guard server.hasKey || server.base != OpenAIServer.openAI else {
            throw UsageError("OpenAI needs a key: set OPENAI_API_KEY, or say --llm none.")
        }
        return server
    }

    private func server(at base: String, _ options: LanguageModelOptions, isOpenAI: Bool) throws
        -> OpenAIServer
    {
        do {
            return try OpenAIServer(
                base: base,
                key: key(options, for: base),
                organization: text(options.llmOrganization, .llmOrganization)
                    ?? (isOpenAI ? variable("OPENAI_ORG_ID") : nil),
                project: text(options.llmProject, .llmProject)
                    ?? (isOpenAI ? variable("OPENAI_PROJECT_ID") : nil),
                headers: headers(options),
                isOpenAI: isOpenAI,
                timeouts: OpenAIServer.Timeouts(
                    answer: .seconds(number(options.llmTimeout, .llmTimeout, in: 1...3_600, default: 60))
                )
            )
        } catch let error as OpenAIServerError { throw UsageError("\(error)") }
    }

    /// The key for an address. That of `OPENAI_API_KEY` goes to OpenAI, to `OPENAI_BASE_URL` and to this machine alone.
    private func key(_ options: LanguageModelOptions, for base: String) throws -> APIKey? {
        let isForOpenAI =
            OpenAIServer.isSamePlace(base, OpenAIServer.openAI) || OpenAIServer.isHere(base)
            || variable("OPENAI_BASE_URL").map { OpenAIServer.isSamePlace(base, $0) } ?? false
        let named = text(options.llmKey, .llmKey) ?? (isForOpenAI ? variable("OPENAI_API_KEY") : nil)
        guard let named else { return nil }
        guard let key = APIKey(named) else {
            throw UsageError(
                "The language model's key has characters that no key has. Copy it again and set OPENAI_API_KEY."
            )
        }
        return key
    }

    /// The name of the model that is set. One in the configuration file belongs to the server there.
    func languageModelName(_ options: LanguageModelOptions, at server: OpenAIServer) -> String? {
        let named = options.llmModel ?? variable("MATINEE_LLM_MODEL")
        let isKeptServer = [nil, text(options.llm, .llm), server.base].contains(kept(.llm))
        return named ?? (isKeptServer ? kept(.llmModel) : nil)
    }

    private func headers(_ options: LanguageModelOptions) throws -> [String: String] {
        let lines = (text(options.llmHeaders, .llmHeaders) ?? "").split { $0 == ";" || $0.isNewline }
        return try lines.reduce(into: [:]) { headers, line in
            let parts = line.split(separator: ":", maxSplits: 1)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.joined().isEmpty { return }
            guard parts.count == 2 else {
                throw UsageError("llm_headers must be like “Name: value; Name: value”.")
            }
            headers[parts[0]] = parts[1]
        }
    }

    /// How much may be used up.
    func spendingLimits(_ options: LanguageModelOptions) throws -> SpendingLimits {
        func tokens(_ flag: Double?, _ setting: Setting, _ standard: Double) throws -> Int {
            try Int(number(flag, setting, in: 0...1e12, default: standard))
        }
        return try SpendingLimits(
            turnTokens: tokens(options.llmTurnTokens, .llmTurnTokens, 20_000),
            dayTokens: tokens(options.llmDayTokens, .llmDayTokens, 2_000_000),
            dayCost: number(options.llmDayCost, .llmDayCost, in: 0...1e6, default: 1)
        )
    }

    private enum Reader: String, CaseIterable { case rules, model }

    /// How a model takes part.
    /// - Throws: ``UsageError`` for words that mean nothing, or that need a model where there is none.
    func modelOptions(_ options: LanguageModelOptions, hasModel: Bool) throws -> ModelOptions {
        let reader = try choice(options.interpreter, .interpreter, of: Reader.self)
        let reranker = try choice(options.reranker, .reranker, of: ModelOptions.Reranker.self)
        let explainer = try choice(options.explainer, .explainer, of: ModelOptions.Explainer.self)
        guard hasModel || reader != .model && reranker != .listwise && explainer != .model else {
            throw UsageError(
                "interpreter model, reranker listwise and explainer model need a language model: `matinee llm use openai`, or --llm for once."
            )
        }
        return try ModelOptions(
            reranker: reranker ?? .listwise,
            explainer: explainer ?? .model,
            readsMessages: reader == .model,
            deadline: .seconds(number(options.deadline, .deadline, in: 1...600, default: 20)),
            tokensPerTurn: spendingLimits(options).turnTokens ?? .max
        )
    }

    /// The price that is set, or `nil`.
    func languageModelPrice(_ options: LanguageModelOptions) throws -> Price? {
        guard let text = text(options.llmPrice, .llmPrice) else { return nil }
        let numbers = text.split(separator: "/").compactMap {
            Double($0.trimmingCharacters(in: .whitespaces))
        }
        guard numbers.count == 2, numbers.allSatisfy({ (0...1e6).contains($0) }) else {
            throw UsageError(
                "llm_price is “\(printable(text))”, but must be dollars a million tokens read and written, such as 0.10/0.50."
            )
        }
        return Price(prompt: numbers[0], completion: numbers[1])
    }

    /// Whether a key lies about while nobody has said whether a model may be used.
    var hasUnusedKey: Bool { variable("OPENAI_API_KEY") != nil && text(nil, .llm) == nil }
}
