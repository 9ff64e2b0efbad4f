import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Writes server-sent events (<https://html.spec.whatwg.org/multipage/server-sent-events.html>) at the pace at which the
/// client reads them.
///
/// Events are kept until they can be sent; what one answer consists of is bounded, and a client that accepts nothing
/// for a while is given up.
struct EventStream: Sendable {
    /// Puts events on the way.
    struct Sender: Sendable {
        fileprivate let events: AsyncStream<Data>.Continuation

        func send(_ event: String, _ data: Data) {
            events.yield(Data("event: \(event)\ndata: ".utf8) + data + Data("\n\n".utf8))
        }

        /// Sends data that has no event name.
        func send(_ data: Data) { events.yield(Data("data: ".utf8) + data + Data("\n\n".utf8)) }
    }

    let channel: any Channel
    let metrics: Metrics
    /// How long a client may take to accept an event.
    let patience: Duration
    /// See ``Problem/isForAssistants``.
    var isForAssistants = false
    private static let pause = Duration.seconds(15)

    /// A response of the events that some work sends; the work is cancelled when the client leaves.
    func response(_ work: @escaping @Sendable (Sender) async throws -> Void) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
        ]
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { [self] writer in
                let (events, sender) = AsyncStream.makeStream(of: Data.self)
                metrics.streamOpened()
                defer { metrics.streamClosed() }
                let task = Task { await produce(Sender(events: sender), work) }
                defer { task.cancel() }
                for await event in events { try await write(event, to: &writer) }
                try await writer.finish(nil)
            }
        )
    }

    private func produce(_ sender: Sender, _ work: @escaping @Sendable (Sender) async throws -> Void) async {
        defer { sender.events.finish() }
        let pinging = Task {
            while true {
                try await Task.sleep(for: Self.pause)
                sender.events.yield(Data(": \n\n".utf8))
            }
        }
        defer { pinging.cancel() }
        do { try await channel.watching { try await work(sender) } } catch {
            var problem = Problem(error)
            problem.isForAssistants = isForAssistants
            if problem.status.kind == .serverError { metrics.count(.failed) }
            sender.send("error", problem.data)
        }
    }

    private func write(_ event: Data, to writer: inout any ResponseBodyWriter) async throws {
        let clock = channel.eventLoop.scheduleTask(in: TimeAmount(patience)) { [channel] in
            channel.close(promise: nil)
        }
        defer { clock.cancel() }
        try await writer.write(ByteBuffer(bytes: event))
    }
}
