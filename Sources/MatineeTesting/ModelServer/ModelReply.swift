import Foundation

/// A reply in the shapes that the API documents, whole and in chunks.
struct ModelReply {
    private let request: ModelRequest
    private let behaviour: ModelServer.Behaviour
    private let text: String
    private let refusal: String?
    private let isCut: Bool

    init(_ request: ModelRequest, _ fault: ModelServer.Fault?, _ behaviour: ModelServer.Behaviour) {
        self.request = request
        self.behaviour = behaviour
        refusal = fault == .refusal ? "I am sorry, I cannot help with that." : nil
        let whole =
            switch fault {
            case .empty?, .refusal?: ""
            case .wrongSchema?: #"{"unexpected":[true,null,{"number":-1e99}]}"#
            case .huge?: String(repeating: "No end. ", count: 1 << 20)
            case .echo?: "Your key is \(request.key ?? "missing"); Bearer \(request.key ?? "")"
            default: behaviour.reply(request) ?? Self.fitting(request)
            }
        let tokens = Self.tokens(whole)
        isCut = fault != .huge && tokens.count > request.limit
        text = isCut ? tokens.prefix(request.limit).joined() : whole
    }

    /// A reply that has the shape that was asked for.
    private static func fitting(_ request: ModelRequest) -> String {
        if let schema = request.schema {
            let data = try? JSONSerialization.data(
                withJSONObject: SchemaSample.value(schema),
                options: [.fragmentsAllowed]
            )
            return String(decoding: data ?? Data(), as: UTF8.self)
        }
        return request.wantsLogProbabilities ? "4" : "Good evening. What would you like to see?"
    }

    /// Words with the space before them; a token more or less each.
    static func tokens(_ text: String) -> [String] {
        guard text.utf8.count < 1 << 20 else { return [text] }
        return text.matches(of: /\s*[^\s]+|\s+/).map { String($0.output) }
    }

    private var usage: [String: Any] {
        let prompt = request.messages.reduce(0) { $0 + $1.text.utf8.count / 4 + 4 }
        let written = Self.tokens(text).count
        return ["prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written]
    }

    private var frame: [String: Any] {
        [
            "id": "chatcmpl-1", "created": 1_700_000_000, "model": request.json["model"] ?? "",
            "system_fingerprint": NSNull(),
        ]
    }

    private var finish: String { isCut ? "length" : "stop" }

    /// The object `chat.completion`.
    var completion: [String: Any] {
        let message: [String: Any] = [
            "role": "assistant", "content": refusal == nil ? text : NSNull(), "refusal": refusal ?? NSNull(),
        ]
        let choice: [String: Any] = [
            "index": 0, "message": message, "finish_reason": finish,
            "logprobs": request.wantsLogProbabilities ? logProbabilities : NSNull(),
        ]
        return frame.merging(["object": "chat.completion", "choices": [choice], "usage": usage]) { $1 }
    }

    private var logProbabilities: Any {
        let tokens = Self.tokens(text).enumerated().map { place, token in
            let others = place == 0 ? behaviour.alternatives.sorted { $0.value > $1.value } : [(token, -0.1)]
            return [
                "token": token, "logprob": others.first { $0.0 == token }?.1 ?? -0.1,
                "bytes": Array(token.utf8).map(Int.init),
                "top_logprobs": others.prefix(request.alternatives).map { name, value in
                    ["token": name, "logprob": value, "bytes": Array(name.utf8).map(Int.init)]
                        as [String: Any]
                },
            ] as [String: Any]
        }
        return ["content": tokens, "refusal": NSNull()] as [String: Any]
    }

    /// The objects `chat.completion.chunk`: a role, a token each, the end, and the usage where it is wanted.
    var chunks: [Any] {
        func chunk(_ delta: [String: Any], finish: String? = nil) -> [String: Any] {
            let choice: [String: Any] = [
                "index": 0, "delta": delta, "logprobs": NSNull(), "finish_reason": finish ?? NSNull(),
            ]
            let usage: [String: Any] = request.wantsUsage ? ["usage": NSNull()] : [:]
            return frame.merging(["object": "chat.completion.chunk", "choices": [choice]]) { $1 }
                .merging(usage) { $1 }
        }
        var chunks = [chunk(["role": "assistant", "content": "", "refusal": NSNull()])]
        if let refusal { chunks.append(chunk(["refusal": refusal])) }
        chunks += Self.tokens(text).map { chunk(["content": $0]) }
        chunks.append(chunk([:], finish: finish))
        if request.wantsUsage {
            chunks.append(
                frame.merging(["object": "chat.completion.chunk", "choices": [Any](), "usage": usage]) { $1 }
            )
        }
        return chunks
    }
}
