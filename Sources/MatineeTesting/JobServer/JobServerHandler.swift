import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Answers the requests of one connection.
final class JobServerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let shared: JobServer.Shared
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(_ shared: JobServer.Shared) { self.shared = shared }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end: if let head { take(head, context) }
        }
    }

    private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let parts = head.uri.split(separator: "?", maxSplits: 1).map(String.init)
        let request = JobServer.Request(
            method: head.method.rawValue,
            path: parts.first ?? "",
            query: parts.count > 1 ? parts[1] : "",
            headers: head.headers.map { ($0.name, $0.value) },
            body: Data(body.readableBytesView)
        )
        let (fault, answer) = shared.state.withLock { state -> (JobServer.Fault?, (Int, Any)?) in
            state.requests.append(request)
            let key = "\(request.method) \(request.path)"
            var fault: JobServer.Fault?
            if let next = state.faults[key]?.first {
                fault = next
                state.faults[key]?.removeFirst()
            }
            switch fault {
            case .status(let code)?: return (fault, (code, ["error": ["message": "as it was told"]]))
            case .dropped?: return (fault, nil)
            default: return (fault, state.answer(request))
            }
        }
        guard fault != .dropped, fault != .lost, let answer else { return context.close(promise: nil) }
        send(answer.0, answer.1, context)
    }

    private func send(_ status: Int, _ value: Any, _ context: ChannelHandlerContext) {
        let bytes = (try? JSONSerialization.data(withJSONObject: value)) ?? Data()
        var headers = HTTPHeaders([
            ("content-type", "application/json"), ("content-length", "\(bytes.count)"),
            ("connection", "close"),
        ])
        if status == 429 { headers.add(name: "retry-after-ms", value: "1") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
        let channel = NIOLoopBound(context.channel, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            channel.value.eventLoop.scheduleTask(in: .milliseconds(20)) { channel.value.close(promise: nil) }
        }
    }
}

extension JobServer.State {
    /// Carries a request out.
    mutating func answer(_ request: JobServer.Request) -> (Int, Any) {
        let parts = request.path.split(separator: "/").map(String.init)
        switch (request.method, parts.dropFirst().joined(separator: "/"), parts.count) {
        case ("POST", "files", _): return upload(request)
        case ("POST", "chat/completions", _): return (200, Self.chat)
        case ("POST", "fine_tuning/jobs", _): return create(request)
        case ("GET", "fine_tuning/jobs", _): return list(request.query)
        case ("GET", _, 4) where parts[1] == "fine_tuning": return with(parts[3]) { $0.goOn($1) }
        case ("POST", _, 5) where parts[4] == "cancel":
            return with(parts[3]) { state, place in state.jobs[place].status = "cancelled" }
        case ("GET", _, 5) where parts[4] == "events": return events(parts[3])
        case ("GET", _, 3) where parts[1] == "models":
            return (200, ["id": parts[2], "shutdown_date": "2027-01-14"])
        default: return error(404, "there is no \(request.path)")
        }
    }

    private func error(_ status: Int, _ message: String) -> (Int, Any) {
        (status, ["error": ["message": message]])
    }

    private mutating func upload(_ request: JobServer.Request) -> (Int, Any) {
        let text = String(decoding: request.body, as: UTF8.self)
        guard let boundary = request["content-type"]?.components(separatedBy: "boundary=").last,
            text.contains("name=\"purpose\"\r\n\r\nfine-tune\r\n"),
            let start = text.range(of: "jsonl\r\n\r\n"),
            let end = text.range(of: "\r\n--\(boundary)--", range: start.upperBound..<text.endIndex)
        else { return error(400, "no file with purpose fine-tune") }
        let id = "file-\(files.count + 1)"
        files[id] = Data(text[start.upperBound..<end.lowerBound].utf8)
        return (200, ["id": id, "object": "file", "purpose": "fine-tune"])
    }

    private mutating func create(_ request: JobServer.Request) -> (Int, Any) {
        guard let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any],
            let model = body["model"] as? String, let training = body["training_file"] as? String,
            let data = files[training]
        else { return error(400, "model or training_file is missing or unknown") }
        guard data.split(separator: 10).count >= 10 else {
            return error(400, "at least 10 examples are needed")
        }
        let suffix = body["suffix"] as? String
        guard suffix?.count ?? 0 <= 64 else { return error(400, "the suffix is too long") }
        let metadata = body["metadata"] as? [String: String] ?? [:]
        jobs.append(
            .init(
                id: "ftjob-\(jobs.count + 1)",
                model: model,
                suffix: suffix,
                training: training,
                metadata: metadata
            )
        )
        return (200, object(jobs[jobs.count - 1]))
    }

    private func object(_ job: JobServer.Job) -> [String: Any] {
        var object: [String: Any] = [
            "object": "fine_tuning.job", "id": job.id, "status": job.status, "model": job.model,
            "training_file": job.training, "created_at": 1_700_000_000, "metadata": job.metadata,
            "fine_tuned_model": NSNull(), "error": NSNull(), "trained_tokens": NSNull(),
        ]
        if job.status == "succeeded" {
            object["fine_tuned_model"] = "ft:\(job.model):org:\(job.suffix ?? ""):\(job.id.suffix(1))"
            object["trained_tokens"] = 1_234
        }
        if job.status == "failed" {
            object["error"] = ["code": "invalid", "message": "the data were not liked"]
        }
        return object
    }

    private func list(_ query: String) -> (Int, Any) {
        let all = Array(jobs.reversed()), after = query.components(separatedBy: "after=").dropFirst().first
        let start = after.flatMap { id in all.firstIndex { $0.id == id }.map { $0 + 1 } } ?? 0
        // Small pages, so that clients must turn them.
        let page = all.dropFirst(start).prefix(2)
        return (
            200, ["object": "list", "data": page.map(object), "has_more": start + page.count < all.count]
        )
    }

    private mutating func with(_ id: String, _ body: (inout Self, Int) -> Void) -> (Int, Any) {
        guard let place = jobs.firstIndex(where: { $0.id == id }) else { return error(404, "no job \(id)") }
        body(&self, place)
        return (200, object(jobs[place]))
    }

    private mutating func goOn(_ place: Int) {
        let next = ["validating_files": "queued", "queued": "running", "running": outcome]
        jobs[place].status = next[jobs[place].status] ?? jobs[place].status
    }

    private func events(_ id: String) -> (Int, Any) {
        guard let job = jobs.first(where: { $0.id == id }) else { return error(404, "no job \(id)") }
        let events = ["Created fine-tuning job: \(id)", "The job is \(job.status)"].enumerated().map {
            place,
            text in
            [
                "object": "fine_tuning.job.event", "id": "ftevent-\(place)",
                "created_at": 1_700_000_000 + place, "level": "info", "message": text,
            ]
                as [String: Any]
        }
        return (200, ["object": "list", "data": Array(events.reversed()), "has_more": false])
    }

    private static var chat: [String: Any] {
        let token: [String: Any] = [
            "token": "4", "logprob": -0.1,
            "top_logprobs": [["token": "4", "logprob": -0.1], ["token": "3", "logprob": -2.5]],
        ]
        let choice: [String: Any] = [
            "index": 0, "finish_reason": "stop", "message": ["role": "assistant", "content": "4"],
            "logprobs": ["content": [token]],
        ]
        return [
            "id": "chatcmpl-1", "object": "chat.completion", "model": "tiny", "choices": [choice],
            "usage": ["prompt_tokens": 10, "completion_tokens": 1, "total_tokens": 11],
        ]
    }
}
