import AsyncHTTPClient
public import Foundation
import Matinee
import NIOCore
import NIOHTTP1

/// Fetches sentence-transformers folders from a model hub that speaks Hugging Face's HTTP interface.
public struct ModelHub: Sendable {
    /// The files of a folder that a sentence encoder reads; those that the hub lacks are left out.
    static let wanted = [
        "config.json", "model.safetensors", "vocab.txt", "tokenizer.json", "tokenizer_config.json",
        "modules.json",
        "1_Pooling/config.json",
    ]

    private let endpoint: String
    private let backoff: Backoff

    /// - Parameter endpoint: the hub's address; by default `HF_ENDPOINT` or Hugging Face's own.
    public init(endpoint: String? = nil) { self.init(endpoint: endpoint, backoff: Backoff()) }

    package init(endpoint: String?, backoff: Backoff) {
        self.backoff = backoff
        let named = endpoint ?? ProcessInfo.processInfo.environment["HF_ENDPOINT"] ?? ""
        self.endpoint =
            named.isEmpty ? "https://huggingface.co" : named.hasSuffix("/") ? String(named.dropLast()) : named
    }

    /// Fetches a model; the folder appears whole and checked, or not at all.
    ///
    /// - Parameters:
    ///   - name: the model's name on the hub, for example `BAAI/bge-base-en-v1.5`.
    ///   - models: the folder below which the model gets its own, by its name.
    ///   - progress: called with how many of how many bytes have come.
    /// - Returns: the model's folder.
    /// - Throws: ``ModelHubError``.
    public func pull(
        _ name: String,
        into models: URL,
        progress: @escaping @Sendable (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) async throws -> URL {
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)?/) != nil else {
            throw ModelHubError.badName(name)
        }
        return try await WebClient.with { web in
            try await ModelPull(
                web: web,
                endpoint: endpoint,
                name: name,
                backoff: backoff,
                progress: progress
            )
            .run(into: models)
        }
    }
}

/// One model on its way.
private struct ModelPull {
    let web: WebClient
    let endpoint: String
    let name: String
    let backoff: Backoff
    let progress: @Sendable (Int64, Int64) -> Void

    /// A file as the hub lists it.
    struct Entry: Decodable {
        struct LargeFile: Decodable { var oid: String }
        var path: String
        var size: Int64
        /// The SHA-1 of the file as a git object.
        var oid: String
        /// The SHA-256 of a large file.
        var lfs: LargeFile?
    }

    func run(into models: URL) async throws -> URL {
        let files = try await list().filter { ModelHub.wanted.contains($0.path) }
        guard files.contains(where: { $0.path == "model.safetensors" }) else {
            throw ModelHubError.noModel(name)
        }
        let total = files.reduce(0) { $0 + $1.size }
        let folder = models.appending(path: name)
        let draft = models.appending(path: ".\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: draft) }
        var done: Int64 = 0
        for file in files {
            try await fetch(file, to: draft.appending(path: file.path)) { progress(done + $0, total) }
            done += file.size
        }
        do {
            try FileManager.default.createDirectory(
                at: folder.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            if FileManager.default.fileExists(atPath: folder.path) {
                try FileManager.default.removeItem(at: folder)
            }
            try FileManager.default.moveItem(at: draft, to: folder)
        } catch { throw ModelHubError.unwritable(folder, reason(error)) }
        return folder
    }

    private func list() async throws -> [Entry] {
        let response = try await unreachable {
            try await web.get("\(endpoint)/api/models/\(name)/tree/main?recursive=true", within: .minutes(2))
        }
        guard response.status == .ok else { throw refusal(Int(response.status.code)) }
        let body = try await unreachable { try await response.body.collect(upTo: 4 << 20) }
        guard let files = try? JSONDecoder().decode([Entry].self, from: Data(body.readableBytesView)) else {
            throw ModelHubError.unreadableReply(endpoint)
        }
        return files
    }

    private func refusal(_ code: Int) -> ModelHubError {
        [401, 403, 404].contains(code) ? .noModel(name) : .refused(endpoint, code)
    }

    private func unreachable<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch { throw ModelHubError.unreachable(endpoint, "\(error)") }
    }

    /// Fetches a file and checks its size and checksum.
    private func fetch(_ file: Entry, to url: URL, _ progress: @escaping (Int64) -> Void) async throws {
        do {
            try await Download(
                web: web,
                address: "\(endpoint)/\(name)/resolve/main/\(file.path)",
                file: url,
                size: file.size,
                checksum: file.lfs.map { .sha256($0.oid) } ?? .git(file.oid),
                limit: file.size,
                backoff: backoff,
                progress: { done, _ in progress(done) }
            ).run()
        } catch let error as DownloadError {
            switch error {
            case .unreachable(_, let why): throw ModelHubError.unreachable(endpoint, why)
            case .refused(_, let code): throw refusal(code)
            case .unwritable(let url, let why): throw ModelHubError.unwritable(url, why)
            case .damaged, .tooLarge, .inUse, .unreadableChecksum: throw ModelHubError.broken(file.path)
            }
        }
    }
}

/// Why a model cannot be fetched.
public enum ModelHubError: Error, Equatable, CustomStringConvertible {
    case badName(String)
    case noModel(String)
    case unreachable(String, String)
    case refused(String, Int)
    case unreadableReply(String)
    case broken(String)
    case unwritable(URL, String)

    public var description: String {
        switch self {
        case .badName(let name):
            "\(printable(name)) is no model name: give one such as BAAI/bge-base-en-v1.5, or a folder to `matinee models use`."
        case .noModel(let name):
            "The hub has no public model \(name) with a model.safetensors file. Check the name."
        case .unreachable(let endpoint, let why):
            "The model hub \(endpoint) cannot be reached (\(why)). Check the network, set HF_ENDPOINT to a mirror, or give `matinee models use` a folder."
        case .refused(let endpoint, let code):
            "The model hub \(endpoint) answered with status \(code). Try again later."
        case .unreadableReply(let endpoint):
            "\(endpoint) does not answer as a model hub does. Check HF_ENDPOINT."
        case .broken(let file):
            "\(file) arrived damaged: its size or checksum is wrong. Nothing was kept; try again."
        case .unwritable(let url, let why):
            "\(url.path) cannot be written: \(why). Make room, or set XDG_CACHE_HOME to another folder."
        }
    }
}
