import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Fetches one file over HTTP; what has come survives broken connections, full disks and the end of the process.
///
/// The file appears under its name whole and checked, or not at all. Until then it is `NAME.part`, and the same call
/// goes on with it where the server still has the same file and sends ranges.
struct Download {
    let web: WebClient
    let address: String
    let file: URL
    /// The size in bytes where it is known beforehand.
    var size: Int64?
    var checksum: Checksum?
    /// How many bytes are too many.
    var limit: Int64
    var backoff: Backoff
    var progress: (_ done: Int64, _ total: Int64?) -> Void = { _, _ in }

    private var host: String { URL(string: address)?.host() ?? address }
    private var name: String { file.lastPathComponent }

    /// A failure that may pass.
    private struct Interruption: Error {
        var error: DownloadError
    }

    /// Fetches the file.
    /// - Throws: ``DownloadError``, or `CancellationError`.
    func run() async throws {
        let part = try Part(of: file)
        defer { part.tidy() }
        var failures = 0, furthest = part.size
        while true {
            do {
                try await attempt(part)
                break
            } catch let interruption as Interruption {
                try Task.checkCancellation()
                failures = part.size > furthest ? 1 : failures + 1
                furthest = max(furthest, part.size)
                guard failures < backoff.tries else { throw interruption.error }
                try await backoff.wait(after: failures)
            }
        }
        try part.finish(checksum)
    }

    /// Asks for what is missing, once.
    private func attempt(_ part: Part) async throws {
        let start = resumable(part)
        if start > 0, start == part.origin?.size { return }
        let response = try await interruptible { try await web.get(address, headers: headers(part, start)) }
        switch response.status.code {
        case 200: try begin(part, response)
        case 206 where start > 0 && continues(response, from: start, of: part.origin?.size): break
        case 206, 416:
            try part.begin(nil)
            throw Interruption(error: .refused(host: host, Int(response.status.code)))
        case let code where isPassing(code):
            throw Interruption(error: .refused(host: host, Int(code)))
        case let code: throw DownloadError.refused(host: host, Int(code))
        }
        try await receive(response, part)
    }

    /// How many bytes can be gone on from.
    private func resumable(_ part: Part) -> Int64 {
        guard let origin = part.origin, origin.address == address, origin.validator != nil,
            size.map({ $0 == origin.size }) ?? true
        else { return 0 }
        return part.size
    }

    private func headers(_ part: Part, _ start: Int64) -> HTTPHeaders {
        guard start > 0, let validator = part.origin?.validator else { return [:] }
        return ["Range": "bytes=\(start)-", "If-Range": validator]
    }

    private func begin(_ part: Part, _ response: HTTPClientResponse) throws {
        let length = response.headers.first(name: "Content-Length").flatMap { Int64($0) }
        try part.begin(
            Part.Origin(
                address: address,
                etag: response.headers.first(name: "ETag"),
                modified: response.headers.first(name: "Last-Modified"),
                size: length
            )
        )
        if let size, let length, size != length { try reject(part, .damaged(name)) }
    }

    /// Whether a part that the server sends begins where ours ends, in a file of the same size.
    private func continues(_ response: HTTPClientResponse, from start: Int64, of size: Int64?) -> Bool {
        let range = response.headers.first(name: "Content-Range") ?? ""
        guard let match = range.wholeMatch(of: /bytes (\d+)-\d+\/(\d+|\*)/) else { return false }
        return Int64(match.output.1) == start && (match.output.2 == "*" || Int64(match.output.2) == size)
    }

    private func receive(_ response: HTTPClientResponse, _ part: Part) async throws {
        let total = size ?? part.origin?.size
        if total ?? 0 > limit { try reject(part, .tooLarge(name, limit: limit)) }
        var chunks = response.body.makeAsyncIterator()
        while let chunk = try await interruptible({ try await chunks.next() }) {
            if part.size + Int64(chunk.readableBytes) > total ?? limit {
                try reject(part, total == nil ? .tooLarge(name, limit: limit) : .damaged(name))
            }
            try part.append(Data(chunk.readableBytesView))
            progress(part.size, total)
        }
        guard part.size == total ?? part.size else {
            throw Interruption(error: .unreachable(host: host, "the connection ended early"))
        }
    }

    private func reject(_ part: Part, _ error: DownloadError) throws -> Never {
        part.discard()
        throw error
    }

    private func interruptible<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as WebError {
            throw DownloadError.unreachable(host: host, "\(error)")
        } catch {
            try Task.checkCancellation()
            throw Interruption(error: .unreachable(host: host, "\(error)"))
        }
    }
}
