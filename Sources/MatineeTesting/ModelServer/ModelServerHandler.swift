import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Answers the requests of one connection.
final class ModelServerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let shared: ModelServer.Shared
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var isAnswering = false

    init(_ shared: ModelServer.Shared) { self.shared = shared }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end: if let head { take(head, context) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isAnswering { shared.state.withLock { $0.abandoned += 1 } }
        isAnswering = false
    }

    private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var request = ModelRequest(
            method: head.method.rawValue,
            path: String(head.uri.prefix { $0 != "?" }),
            headers: head.headers.map { ($0.name, $0.value) },
            body: Data(body.readableBytesView)
        )
        let isLlamaCpp = shared.state.withLock { $0.behaviour.abilities.isLlamaCpp }
        request.violations = request.findViolations(isLlamaCpp: isLlamaCpp)
        let noted = request
        let (fault, behaviour) = shared.state.withLock { state in
            state.requests.append(noted)
            let isChat = noted.path == "/v1/chat/completions"
            let fault = isChat ? state.behaviour.faults.first ?? nil : nil
            if isChat, state.behaviour.faults.count > 1 { state.behaviour.faults.removeFirst() }
            return (fault, state.behaviour)
        }
        isAnswering = true
        var answer = ModelAnswer.to(request, fault, behaviour)
        answer.headers += behaviour.headers.map { ($0.key, $0.value) }
        later(answer.delay, context) { $0.send(answer, $1) }
    }

    private func later(
        _ milliseconds: Int64,
        _ context: ChannelHandlerContext,
        _ work: @escaping (ModelServerHandler, ChannelHandlerContext) -> Void
    ) {
        guard milliseconds > 0 else { return work(self, context) }
        let bound = NIOLoopBound((self, context, work), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) {
            bound.value.2(bound.value.0, bound.value.1)
        }
    }

    private func send(_ answer: ModelAnswer, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        if answer.status > 0 {
            var headers = HTTPHeaders(answer.headers)
            let isWhole = answer.parts.count == 1 && answer.ending == .whole
            if isWhole { headers.add(name: "content-length", value: "\(answer.parts[0].count)") }
            let head = HTTPResponseHead(
                version: .http1_1,
                status: .init(statusCode: answer.status),
                headers: headers
            )
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        }
        send(answer.parts[...], answer, context)
    }

    private func send(_ parts: ArraySlice<[UInt8]>, _ answer: ModelAnswer, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        guard answer.pause > 0, let part = parts.first else {
            for part in parts { write(part, context) }
            return end(answer, context)
        }
        later(answer.pause, context) { handler, context in
            handler.write(part, context)
            handler.send(parts.dropFirst(), answer, context)
        }
    }

    private func write(_ part: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: part)))), promise: nil)
    }

    private func end(_ answer: ModelAnswer, _ context: ChannelHandlerContext) {
        switch answer.ending {
        case .silent: break
        case .whole:
            isAnswering = false
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .closed:
            isAnswering = false
            // A client may drop what it has not read when the connection breaks: let it read first.
            later(answer.parts.isEmpty ? 0 : 30, context) { $1.close(promise: nil) }
        }
    }
}
