import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server on this machine that answers each path with what it was given.
///
/// A path with its query wins over the path alone.
public final class TestServer: Sendable {
    public enum Answer: Sendable, CustomStringConvertible {
        case bytes([UInt8])
        case status(Int)
        /// A status with a `Retry-After` of so many seconds.
        case busy(Int, retryAfter: Int)
        /// Closes the connection after the first half.
        case broken([UInt8])
        /// Sends the client to another address.
        case redirect(String)
        /// A file with an ETag, sent in ranges where the client asks so; the connection is cut after so many bytes.
        case file([UInt8], tag: String, cutAfter: Int? = nil)

        /// One answer after the other; the last one stays.
        indirect case sequence([Answer])
        /// An answer that takes so many milliseconds.
        indirect case slow(Answer, milliseconds: Int64)

        /// Short, since tests print it.
        public var description: String {
            switch self {
            case .bytes(let bytes): "\(bytes.count) bytes"
            case .status(let code): "status \(code)"
            case .busy(let code, let seconds): "status \(code) for \(seconds) s"
            case .broken(let bytes): "half of \(bytes.count) bytes"
            case .redirect(let place): "redirect to \(place)"
            case .file(let bytes, let tag, _): "file \(tag) of \(bytes.count) bytes"
            case .sequence(let answers): answers.map(\.description).joined(separator: ", then ")
            case .slow(let answer, let milliseconds): "\(answer) after \(milliseconds) ms"
            }
        }
    }

    /// A request as it came.
    public struct Request: Sendable {
        public var uri: String
        public var headers: [(name: String, value: String)]

        public subscript(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    private struct State {
        var answers: [String: Answer]
        var requests: [Request] = []
        var open = 0
        var mostOpen = 0
    }

    private let channel: any Channel
    private let state: Shared

    /// What the handlers of all connections share.
    private final class Shared: Sendable {
        let state: Mutex<State>
        init(_ answers: [String: Answer]) { state = Mutex(State(answers: answers)) }
    }

    public var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }
    /// Everything that was asked for, in order.
    public var requests: [Request] { state.state.withLock { $0.requests } }
    /// How many requests were being answered at once, at the most.
    public var mostAtOnce: Int { state.state.withLock { $0.mostOpen } }

    public init(_ answers: [String: Answer]) async throws {
        let state = Shared(answers)
        self.state = state
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(state))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    public func stop() async throws { try await channel.close() }

    /// Puts another answer in the place of a path's.
    public func answer(_ path: String, with answer: Answer) {
        state.state.withLock { $0.answers[path] = answer }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let shared: Shared
        private var isAnswering = false

        init(_ shared: Shared) { self.shared = shared }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data) else { return }
            let request = Request(uri: head.uri, headers: head.headers.map { ($0.name, $0.value) })
            isAnswering = true
            perform(answer(to: request), to: request, context)
        }

        func channelInactive(context: ChannelHandlerContext) { ended() }

        private func ended() {
            if isAnswering { shared.state.withLock { $0.open -= 1 } }
            isAnswering = false
        }

        private func answer(to request: Request) -> Answer {
            shared.state.withLock { state in
                state.requests.append(request)
                state.open += 1
                state.mostOpen = max(state.mostOpen, state.open)
                let path = String(request.uri.prefix { $0 != "?" })
                let key = state.answers[request.uri] == nil ? path : request.uri
                guard case .sequence(let answers) = state.answers[key] else {
                    return state.answers[key] ?? .status(404)
                }
                if answers.count > 1 { state.answers[key] = .sequence(Array(answers.dropFirst())) }
                return answers.first ?? .status(404)
            }
        }

        private func perform(_ answer: Answer, to request: Request, _ context: ChannelHandlerContext) {
            switch answer {
            case .bytes(let bytes): send(context, 200, bytes)
            case .status(let code): send(context, code, [])
            case .busy(let code, let seconds): send(context, code, [], [("retry-after", "\(seconds)")])
            case .broken(let bytes): send(context, 200, bytes, cutAfter: bytes.count / 2)
            case .redirect(let place): send(context, 302, [], [("location", place)])
            case .file(let bytes, let tag, let cut): send(bytes, tag, cut, to: request, context)
            case .sequence(let answers): perform(answers.first ?? .status(404), to: request, context)
            case .slow(let answer, let milliseconds):
                let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
                context.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) {
                    bound.value.0.perform(answer, to: request, bound.value.1)
                }
            }
        }

        /// Sends a file or, where its tag is still the one that is meant, the end of it.
        private func send(
            _ bytes: [UInt8],
            _ tag: String,
            _ cut: Int?,
            to request: Request,
            _ context: ChannelHandlerContext
        ) {
            let etag = ("etag", "\"\(tag)\""), isSame = request["if-range"].map { $0 == etag.1 } ?? true
            guard let range = request["range"], isSame,
                let start = range.wholeMatch(of: /bytes=(\d+)-/).flatMap({ Int($0.output.1) })
            else { return send(context, 200, bytes, [etag], cutAfter: cut) }
            guard start < bytes.count else { return send(context, 416, [], [etag]) }
            let place = ("content-range", "bytes \(start)-\(bytes.count - 1)/\(bytes.count)")
            send(context, 206, Array(bytes[start...]), [etag, place], cutAfter: cut)
        }

        private func send(
            _ context: ChannelHandlerContext,
            _ code: Int,
            _ bytes: [UInt8],
            _ extra: [(String, String)] = [],
            cutAfter cut: Int? = nil
        ) {
            ended()
            let sent = bytes.prefix(cut ?? bytes.count)
            let headers = HTTPHeaders(
                [("content-length", "\(bytes.count)"), ("connection", "close")] + extra
            )
            let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: code), headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: sent)))), promise: nil)
            guard sent.count < bytes.count else {
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                return context.close(promise: nil)
            }
            // A client may drop what it has not read when the connection breaks: let it read first.
            let channel = NIOLoopBound(context.channel, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(sent.isEmpty ? 0 : 40)) {
                channel.value.close(promise: nil)
            }
        }
    }
}
