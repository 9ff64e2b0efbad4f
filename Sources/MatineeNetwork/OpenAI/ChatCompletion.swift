import Foundation
import Matinee

/// The reply to `POST /chat/completions`, whole or a chunk of a stream: what is read of it, leniently.
struct ChatCompletion: Decodable {
    struct Choice: Decodable {
        var message: Message?
        var delta: Message?
        var finishReason: String?
        var logprobs: LogProbabilities?

        enum CodingKeys: String, CodingKey {
            case message, delta, logprobs
            case finishReason = "finish_reason"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            message = try values.decodeIfPresent(Message.self, forKey: .message)
            delta = try values.decodeIfPresent(Message.self, forKey: .delta)
            finishReason = try? values.decodeIfPresent(String.self, forKey: .finishReason)
            logprobs = try? values.decodeIfPresent(LogProbabilities.self, forKey: .logprobs)
        }
    }

    struct Message: Decodable {
        struct Part: Decodable { var text: String? }

        var content: String?
        var refusal: String?

        enum CodingKeys: String, CodingKey { case content, refusal }

        /// The content is text, or by some servers a list of parts with text.
        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            if let parts = try? values.decode([Part].self, forKey: .content) {
                content = parts.compactMap(\.text).joined()
            } else {
                content = try values.decodeIfPresent(String.self, forKey: .content)
            }
            refusal = try? values.decodeIfPresent(String.self, forKey: .refusal)
        }
    }

    struct Usage: Decodable {
        var prompt: Int
        var completion: Int

        enum CodingKeys: String, CodingKey {
            case prompt = "prompt_tokens"
            case completion = "completion_tokens"
        }

        /// `nil` for numbers that no reply can have.
        var tokens: TokenUsage? {
            let range = 0...100_000_000
            guard range.contains(prompt), range.contains(completion) else { return nil }
            return TokenUsage(prompt: prompt, completion: completion)
        }
    }

    var choices: [Choice]
    var usage: TokenUsage?
    var error: ServerError?

    enum CodingKeys: String, CodingKey { case choices, usage, error }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        error = try? values.decodeIfPresent(ServerError.self, forKey: .error)
        choices = try values.decodeIfPresent([Choice].self, forKey: .choices) ?? []
        usage = (try? values.decodeIfPresent(Usage.self, forKey: .usage)).flatMap { $0?.tokens }
    }

    /// - Throws: ``LanguageModelError/unreadable(_:)``.
    static func read(_ data: Data) throws -> ChatCompletion {
        do { return try JSONDecoder().decode(ChatCompletion.self, from: data) } catch {
            throw LanguageModelError.unreadable("it is not what the API documents")
        }
    }
}

/// The log-probabilities of a reply, as OpenAI gives them, or as llama-cpp-python and older APIs do.
struct LogProbabilities: Decodable {
    struct Entry: Decodable {
        struct Alternative: Decodable {
            var token: String
            var logprob: Double
        }
        var token: String
        var logprob: Double
        var top: [Alternative]?

        enum CodingKeys: String, CodingKey {
            case token, logprob
            case top = "top_logprobs"
        }
    }

    var content: [Entry]?
    var tokens: [String]?
    var tokenLogprobs: [Double?]?
    var topLogprobs: [[String: Double]?]?

    enum CodingKeys: String, CodingKey {
        case content, tokens
        case tokenLogprobs = "token_logprobs"
        case topLogprobs = "top_logprobs"
    }

    /// Of each token that was written, the alternatives, likeliest first; the token itself is among them.
    var alternatives: [[ChatReply.Token]] {
        if let content { return content.map { Self.ranked($0.token, $0.logprob, others: $0.top ?? []) } }
        guard let tokens else { return [] }
        return tokens.indices.map { place in
            let others = (topLogprobs.flatMap { place < $0.count ? $0[place] : nil } ?? [:])
                .map { Entry.Alternative(token: $0.key, logprob: $0.value) }
            let own = tokenLogprobs.flatMap { place < $0.count ? $0[place] : nil }
            return Self.ranked(tokens[place], own, others: others)
        }
    }

    private static func ranked(_ token: String, _ own: Double?, others: [Entry.Alternative])
        -> [ChatReply.Token]
    {
        var all = others.map { ChatReply.Token($0.token, logProbability: $0.logprob) }
        if let own, !all.contains(where: { $0.text == token }) {
            all.append(ChatReply.Token(token, logProbability: own))
        }
        return all.filter { $0.logProbability <= 0.001 }.sorted {
            ($1.logProbability, $0.text) < ($0.logProbability, $1.text)
        }
    }
}
