import Foundation

extension ModelAnswer {
    /// The answer to a request, with what goes wrong with it.
    static func to(_ request: ModelRequest, _ fault: ModelServer.Fault?, _ behaviour: ModelServer.Behaviour)
        -> ModelAnswer
    {
        if let key = behaviour.key, request.key != key {
            return .error(401, "Incorrect API key provided.", code: "invalid_api_key")
        }
        if !request.violations.isEmpty { return .error(400, request.violations.joined(separator: "; ")) }
        switch request.path {
        case "/v1/models": return models(behaviour)
        case "/v1/embeddings": return embeddings(request)
        default: return faulty(request, fault, behaviour)
        }
    }

    private static func models(_ behaviour: ModelServer.Behaviour) -> ModelAnswer {
        let rows = behaviour.models.map {
            ["id": $0, "object": "model", "created": 1_700_000_000, "owned_by": "matinee"] as [String: Any]
        }
        return .json(["object": "list", "data": rows])
    }

    /// Vectors of three numbers: length, first byte, one.
    private static func embeddings(_ request: ModelRequest) -> ModelAnswer {
        let texts = request.json["input"] as? [String] ?? []
        let rows = texts.enumerated().map { index, text in
            let numbers = [Float(text.utf8.count), Float(text.utf8.first ?? 0), 1]
            let bytes = numbers.flatMap { number in
                (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
            }
            let isPacked = request.json["encoding_format"] as? String == "base64"
            let embedding: Any = isPacked ? Data(bytes).base64EncodedString() : numbers.map(Double.init)
            return ["object": "embedding", "index": index, "embedding": embedding]
        }
        return .json(["object": "list", "data": Array(rows.reversed()), "model": request.json["model"] ?? ""])
    }

    private static func faulty(
        _ request: ModelRequest,
        _ fault: ModelServer.Fault?,
        _ behaviour: ModelServer.Behaviour
    ) -> ModelAnswer {
        switch fault {
        case .unauthorized?:
            return .error(
                401,
                "Incorrect API key provided: \(request.key ?? "none").",
                code: "invalid_api_key"
            )
        case .busy(let seconds)?:
            var answer = error(429, "Rate limit reached.", code: "rate_limit_exceeded")
            answer.headers += seconds.map { [("retry-after", "\($0)")] } ?? []
            return answer
        case .failing(let status)?: return .error(status, "The server had an error (\(request.key ?? "")).")
        case .hanging?: return .nothing(.silent)
        case .closing?: return .nothing(.closed)
        case .redirect(let place)?:
            var answer = error(307, "Moved.")
            answer.headers.append(("location", place))
            return answer
        case .slow(let milliseconds)?:
            var answer = chat(request, nil, behaviour)
            answer.delay = milliseconds
            return answer
        default: return refusal(request, behaviour.abilities) ?? chat(request, fault, behaviour)
        }
    }

    /// What the server says to what it does not know.
    private static func refusal(_ request: ModelRequest, _ abilities: ModelServer.Abilities) -> ModelAnswer? {
        func unsupported(_ name: String, _ more: String = "") -> ModelAnswer {
            .error(
                400,
                "Unsupported parameter: '\(name)' is not supported with this model.\(more)",
                param: name,
                code: "unsupported_parameter"
            )
        }
        let json = request.json
        if request.format == "json_schema", abilities.isLlamaCpp {
            return .error(
                500,
                "1 validation error: ('body', 'response_format', 'type'): Input should be 'text' or 'json_object'"
            )
        }
        if request.format == "json_schema" && !abilities.schemas
            || request.format == "json_object" && !abilities.json
        {
            return unsupported("response_format")
        }
        if request.wantsLogProbabilities, !abilities.logProbabilities || abilities.isReasoning {
            return unsupported("logprobs")
        }
        if json["temperature"] != nil, abilities.isReasoning { return unsupported("temperature") }
        if json["max_tokens"] != nil, abilities.isReasoning {
            return unsupported("max_tokens", " Use 'max_completion_tokens' instead.")
        }
        if json["max_completion_tokens"] != nil, !abilities.completionLimit {
            return unsupported("max_completion_tokens")
        }
        if json["reasoning_effort"] != nil, !abilities.isReasoning, !abilities.completionLimit {
            return unsupported("reasoning_effort")
        }
        if json["stream_options"] != nil, !abilities.streamOptions { return unsupported("stream_options") }
        return nil
    }

    private static func chat(
        _ request: ModelRequest,
        _ fault: ModelServer.Fault?,
        _ behaviour: ModelServer.Behaviour
    ) -> ModelAnswer {
        let reply = ModelReply(request, fault, behaviour)
        var answer =
            request.isStreamed && behaviour.abilities.streams
            ? stream(reply.chunks, behaviour.pacing) : json(reply.completion)
        switch fault {
        case .cutOff?: answer.halve(.closed)
        case .stalled?: answer.halve(.silent)
        case .invalidJSON?:
            answer.parts = answer.parts.map {
                Array(String(decoding: $0, as: UTF8.self).replacing("{", with: "<").utf8)
            }
        default: break
        }
        return answer
    }
}
