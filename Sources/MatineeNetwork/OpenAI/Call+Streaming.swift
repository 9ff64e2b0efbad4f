import AsyncHTTPClient
import Foundation
import Matinee
import NIOCore
import NIOHTTP1

extension Call {
    /// How many bytes a stream may have: each token comes in a chunk of some hundred.
    private var longestStream: Int { 1 << 16 + min(chat.maximumTokens, 1 << 14) * 4_096 }

    /// Gives the reply piece by piece, what it used up last.
    func pieces(_ meter: Meter, _ give: (ChatPiece) -> Void) async throws {
        let response = try await response(meter)
        let kind = response.headers.first(name: "content-type") ?? ""
        // Some servers do not stream; they answer at once.
        if kind.lowercased().hasPrefix("application/json") {
            let body = try await transportBody(response)
            let completion = try ChatCompletion.read(body)
            meter.count(completion.usage)
            give(.text(try reply(completion, meter).text))
        } else {
            try await read(response, meter, give)
        }
        if let usage = meter.counted { give(.usage(usage)) }
    }

    private func transportBody(_ response: HTTPClientResponse) async throws -> Data {
        try await model.transport.body(of: response, upTo: OpenAIModel.longestReply)
    }

    private func read(_ response: HTTPClientResponse, _ meter: Meter, _ give: (ChatPiece) -> Void)
        async throws
    {
        var reader = StreamReader(call: self, meter: meter)
        var events = ServerSentEvents(), size = 0
        do {
            for try await part in response.body {
                size += part.readableBytes
                guard size <= longestStream else { throw LanguageModelError.unreadable("it is too long") }
                for event in try events.add(part.readableBytesView) {
                    try reader.take(event, give)
                    if reader.isDone { return try reader.finish(give) }
                }
            }
            if let event = events.finish() { try reader.take(event, give) }
        } catch is ServerSentEvents.TooLong {
            throw LanguageModelError.unreadable("it is too long")
        } catch let error as LanguageModelError { throw error } catch {
            try Task.checkCancellation()
            // The text is whole where the server said so before the connection broke.
        }
        try reader.finish(give)
    }
}

/// Puts a streamed reply together.
private struct StreamReader {
    let call: Call
    let meter: Call.Meter
    /// Whether the server said that nothing more comes.
    private(set) var isDone = false

    private var thoughts = Thoughts()
    private var redaction: Redaction.Stream
    private var last: ChatCompletion.Choice?
    private var isFinished = false
    private var length = 0
    private var hasText = false

    init(call: Call, meter: Call.Meter) {
        (self.call, self.meter) = (call, meter)
        redaction = Redaction.Stream(call.model.transport.redaction)
    }

    mutating func take(_ event: String, _ give: (ChatPiece) -> Void) throws {
        let event = event.trimmingCharacters(in: .whitespacesAndNewlines)
        if event.isEmpty { return }
        if event == "[DONE]" {
            isDone = true
            return
        }
        let chunk = try ChatCompletion.read(Data(event.utf8))
        if let error = chunk.error { throw call.refusal(error) }
        meter.count(chunk.usage)
        guard let choice = chunk.choices.first else { return }
        last = choice
        let message = choice.delta ?? choice.message
        try call.checkWillingness(choice, message)
        if choice.finishReason != nil { isFinished = true }
        if let text = message?.content, !text.isEmpty { try take(text: text, give) }
    }

    private mutating func take(text: String, _ give: (ChatPiece) -> Void) throws {
        meter.received(text)
        length += text.utf8.count
        guard length <= call.longestText else { throw LanguageModelError.unreadable("it is too long") }
        show(thoughts.add(text), give)
    }

    private mutating func show(_ text: String, _ give: (ChatPiece) -> Void) {
        hasText = hasText || !text.allSatisfy(\.isWhitespace)
        let shown = redaction.add(text)
        if !shown.isEmpty { give(.text(shown)) }
    }

    /// - Throws: ``LanguageModelError/cutOff`` where the server did not say that the reply is whole.
    mutating func finish(_ give: (ChatPiece) -> Void) throws {
        show(thoughts.finish(), give)
        let rest = redaction.finish()
        if !rest.isEmpty { give(.text(rest)) }
        guard isDone || isFinished else { throw LanguageModelError.cutOff }
        guard hasText else { throw call.empty(last) }
    }
}
