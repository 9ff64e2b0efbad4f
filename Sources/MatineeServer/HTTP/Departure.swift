import HTTPTypes
import NIOCore
import Synchronization

/// Notices when a client leaves, so that work for it can be stopped.
final class Departure: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = NIOAny

    private struct State {
        var hasLeft = false
        var next = 0
        var actions: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    private func leave() {
        let actions = state.withLock { state in
            state.hasLeft = true
            defer { state.actions = [:] }
            return state.actions.values
        }
        for action in actions { action() }
    }

    /// Does some work that is cancelled when the client leaves.
    func watching<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws
        -> Result
    {
        let task = Task(operation: work)
        let number = state.withLock { state in
            state.next += 1
            if state.hasLeft { task.cancel() } else { state.actions[state.next] = { task.cancel() } }
            return state.next
        }
        defer { state.withLock { $0.actions[number] = nil } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

extension Channel {
    /// Does some work that is cancelled when the client leaves.
    func watching<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws
        -> Result
    {
        try await pipeline.handler(type: Departure.self).get().watching(work)
    }
}
