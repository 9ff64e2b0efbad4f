import Matinee

/// What requests to a model at a server may hold. What a server turns out not to know is left out from then on.
struct ModelAbilities: Sendable, Equatable, Codable {
    /// How the shape of a reply is asked for.
    enum Structure: String, Sendable, Codable {
        /// `response_format` with the schema.
        case schema
        /// `response_format` for JSON with the schema beside it, as llama-cpp-python's server knows it.
        case jsonWithSchema = "json_with_schema"
        /// `response_format` for JSON; the schema is told in words.
        case json
        /// In words alone.
        case words
    }

    var structure = Structure.schema
    var hasTemperature = true
    var hasLogProbabilities = true
    /// Whether a stream can be asked to count its tokens.
    var countsStreams = true
    /// Whether the limit of tokens is called `max_completion_tokens`, as OpenAI's models want it, or `max_tokens`.
    var hasCompletionLimit: Bool
    /// The least that a reasoning model can be asked to think; `nil` for models that are not asked.
    var effort: String?
    /// How many tokens a model thinks with before it writes, on top of those that are wanted.
    var tokensForThought = 0

    /// What is known of a model by its name.
    ///
    /// By OpenAI's reference and by what its API answers, November 2026: reasoning models take no temperature but 1, no
    /// log-probabilities and no `max_tokens`; those that can do without reasoning (5.1 and later) take the first two then.
    init(model: String, isOpenAI: Bool) {
        hasCompletionLimit = isOpenAI
        let name = Self.family(model)
        if name.contains("-chat") || name.contains("-instruct") { return }
        if name.hasPrefix("gpt-5") || name.wholeMatch(of: /gpt-([6-9]|\d\d).*/) != nil {
            let isFirst = name.wholeMatch(of: /gpt-5(-.*)?/) != nil
            if name.contains("-pro") {
                thinks("high", 16_384)
            } else if isFirst {
                thinks("minimal", 1_024)
            } else {
                effort = "none"
            }
        } else if name.wholeMatch(of: /o\d.*/) != nil {
            thinks("low", 4_096)
        }
    }

    /// The name without who serves or fine-tuned it: `ft:gpt-4o-mini:acme::1` and `openai/gpt-4o-mini` are `gpt-4o-mini`.
    static func family(_ model: String) -> String {
        var name = model.lowercased()[...]
        if name.hasPrefix("ft:") { name = name.dropFirst(3).prefix { $0 != ":" } }
        return String(name.split(separator: "/").last ?? name)
    }

    private mutating func thinks(_ effort: String, _ tokens: Int) {
        (self.effort, tokensForThought) = (effort, tokens)
        (hasTemperature, hasLogProbabilities) = (false, false)
    }
}

extension Rejection {
    /// Whether it names a part of the request: then the same request is refused again, though some servers answer 500.
    var namesField: Bool {
        let fields = [
            "response_format", "logprob", "temperature", "max_tokens", "max_completion_tokens",
            "reasoning_effort",
            "stream_options",
        ]
        return fields.contains(where: words.lowercased().contains)
    }
}

extension ModelAbilities {
    /// Leaves out what a server refused.
    /// - Returns: whether there was something to leave out, so that the request can be made again.
    mutating func concede(to rejection: Rejection, of chat: Chat) -> Bool {
        guard [400, 404, 415, 422, 500, 501].contains(rejection.status) else { return false }
        let words = rejection.words.lowercased()
        func says(_ parts: String...) -> Bool { parts.contains(where: words.contains) }
        if says("max_completion_tokens", "max_tokens"), changeLimit(words) { return true }
        if says("reasoning_effort", "reasoning.effort"), effort != nil {
            effort = nil
            return true
        }
        if says("stream_options", "include_usage"), countsStreams {
            countsStreams = false
            return true
        }
        if says("logprob"), hasLogProbabilities, chat.alternatives != nil {
            hasLogProbabilities = false
            return true
        }
        if says("temperature"), hasTemperature, chat.temperature != nil {
            hasTemperature = false
            return true
        }
        let isNamed = says("response_format", "json_schema", "json_object", "schema", "grammar", "structured")
        return chat.schema != nil && (isNamed || rejection.status < 500 && rejection.status != 404)
            && simplifyStructure(words)
    }

    /// Uses the other name of the limit, once, where the server says that it does not know the one that was used.
    private mutating func changeLimit(_ words: String) -> Bool {
        let used = hasCompletionLimit ? "max_completion_tokens" : "max_tokens"
        guard let place = words.firstRange(of: used) else { return false }
        let other = hasCompletionLimit ? "max_tokens" : "max_completion_tokens"
        if let otherPlace = words.firstRange(of: other), otherPlace.lowerBound < place.lowerBound {
            return false
        }
        guard words.contains(/unsupported|not supported|unknown|unrecognized|unexpected|extra|not permitted/)
        else { return false }
        hasCompletionLimit.toggle()
        return true
    }

    private mutating func simplifyStructure(_ words: String) -> Bool {
        let isLlamaCpp = words.contains("input should be 'text' or 'json_object'")
        switch structure {
        case .schema: structure = isLlamaCpp ? .jsonWithSchema : .json
        case .jsonWithSchema: structure = .json
        case .json: structure = .words
        case .words: return false
        }
        return true
    }
}
