import Foundation

/// What a ``ModelServer`` sends.
struct ModelAnswer {
    var status = 200
    var headers: [(String, String)] = []
    /// The bodies' parts, each sent by itself.
    var parts: [[UInt8]] = []
    var delay: Int64 = 0
    /// Milliseconds before each part.
    var pause: Int64 = 0
    /// How the answer ends.
    var ending = Ending.whole

    enum Ending { case whole, closed, silent }

    private init() {}

    static func json(_ object: Any, status: Int = 200) -> ModelAnswer {
        var answer = ModelAnswer()
        answer.status = status
        answer.headers = [("content-type", "application/json")]
        answer.parts = [bytes(object)]
        return answer
    }

    static func error(_ status: Int, _ message: String, param: String? = nil, code: String? = nil)
        -> ModelAnswer
    {
        let error: [String: Any] = [
            "message": message, "type": status < 500 ? "invalid_request_error" : "server_error",
            "param": param ?? NSNull(), "code": code ?? NSNull(),
        ]
        return json(["error": error], status: status)
    }

    /// Nothing at all.
    static func nothing(_ ending: Ending) -> ModelAnswer {
        var answer = ModelAnswer()
        answer.status = 0
        answer.ending = ending
        return answer
    }

    private static func bytes(_ object: Any) -> [UInt8] {
        let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        return Array(data ?? Data("null".utf8))
    }

    /// A stream of events.
    static func stream(_ events: [Any], _ pacing: ModelServer.Pacing) -> ModelAnswer {
        let end = pacing.lineEnd
        var answer = ModelAnswer()
        answer.headers = [("content-type", "text/event-stream; charset=utf-8")]
        answer.pause = pacing.delay
        let texts = events.map { String(decoding: bytes($0), as: UTF8.self) } + ["[DONE]"]
        let blocks = texts.map { text in
            (pacing.comments ? ": ping\(end)\(end)event: message\(end)" : "") + "data: \(text)\(end)\(end)"
        }
        guard let size = pacing.fragment else {
            answer.parts = blocks.map { Array($0.utf8) }
            return answer
        }
        let all = Array(blocks.joined().utf8)
        answer.parts = stride(from: 0, to: all.count, by: max(1, size)).map {
            Array(all[$0..<min($0 + max(1, size), all.count)])
        }
        return answer
    }

    /// The first half alone.
    mutating func halve(_ ending: Ending) {
        if parts.count == 1 {
            parts = [Array(parts[0].prefix(parts[0].count / 2))]
        } else {
            parts = Array(parts.prefix(parts.count / 2))
        }
        self.ending = ending
    }
}
