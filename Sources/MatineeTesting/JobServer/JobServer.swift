public import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on this machine that keeps training jobs as OpenAI's API documents them, and fails where it is told to.
///
/// A job goes on by a status each time it is asked for: `validating_files`, `queued`, `running`, `succeeded`. It also
/// answers chats, always with a 4.
public final class JobServer: Sendable {
    /// What goes wrong with the next request to a path.
    public enum Fault: Sendable, Equatable {
        case status(Int)
        /// The request is taken and forgotten: the connection closes without an answer.
        case dropped
        /// The request is carried out, but the answer is lost.
        case lost
    }

    /// A request as it came.
    public struct Request: Sendable {
        public var method: String
        public var path: String
        public var query: String
        public var headers: [(name: String, value: String)]
        public var body: Data

        public subscript(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    /// A job as the server keeps it.
    public struct Job: Sendable {
        public var id: String
        public var status = "validating_files"
        public var model: String
        public var suffix: String?
        public var training: String
        public var metadata: [String: String] = [:]
    }

    struct State {
        var files: [String: Data] = [:]
        var jobs: [Job] = []
        var requests: [Request] = []
        var faults: [String: [Fault]] = [:]
        /// What becomes of jobs.
        var outcome = "succeeded"
    }

    final class Shared: Sendable {
        let state = Mutex(State())
    }

    private let channel: any Channel
    private let shared = Shared()

    /// What a client names as the base of all addresses.
    public var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/v1" }
    public var requests: [Request] { shared.state.withLock { $0.requests } }
    public var jobs: [Job] { shared.state.withLock { $0.jobs } }
    public var files: [Data] { shared.state.withLock { Array($0.files.values) } }

    public init() async throws {
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { [shared] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(JobServerHandler(shared))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// Lets the next requests to a path (`POST /v1/files`) fail, one after the other.
    public func fail(_ path: String, _ faults: Fault...) {
        shared.state.withLock { $0.faults[path, default: []] += faults }
    }

    /// How jobs end from now on: `succeeded` or `failed`.
    public func end(with outcome: String) { shared.state.withLock { $0.outcome = outcome } }

    public func stop() async throws { try await channel.close() }
}
