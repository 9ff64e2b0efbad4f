import Crypto
import Foundation
import Matinee
import MatineeNetwork
import MatineeTesting
import Testing

@Suite("Model hub")
struct ModelHubTests {
    private static let weights = Array("weights, as it were".utf8), configuration = Array("{}".utf8)

    private static func tree(sha256: String = sha256(Data(weights)), size: Int = weights.count) -> [UInt8] {
        let sha1 = hexadecimal(Insecure.SHA1.hash(data: Data("blob 2\0{}".utf8)))
        return Array(
            """
            [{"type":"directory","path":"1_Pooling","size":0,"oid":"0"},
             {"type":"file","path":"config.json","size":2,"oid":"\(sha1)"},
             {"type":"file","path":"1_Pooling/config.json","size":2,"oid":"\(sha1)"},
             {"type":"file","path":"../../escape","size":2,"oid":"\(sha1)"},
             {"type":"file","path":"model.safetensors","size":\(size),"oid":"1","lfs":{"oid":"\(sha256)","size":\(size)}}]
            """.utf8
        )
    }

    private static let list = "/api/models/acme/model/tree/main?recursive=true",
        files = "/acme/model/resolve/main/"

    private static var whole: [String: TestServer.Answer] {
        [
            list: .bytes(tree()), files + "config.json": .bytes(configuration),
            files + "1_Pooling/config.json": .bytes(configuration),
            files + "model.safetensors": .redirect("/cdn/weights"), "/cdn/weights": .bytes(weights),
        ]
    }

    /// Pulls from a server with these answers into an empty folder and says what is in it then.
    private func pull(_ answers: [String: TestServer.Answer], _ name: String = "acme/model") async throws -> (
        Result<URL, any Error>, [String]
    ) {
        let server = try await TestServer(answers), folder = try TemporaryFolder()
        let result: Result<URL, any Error>
        do {
            result = try await .success(
                ModelHub(endpoint: server.address + "/", backoff: .none).pull(
                    name,
                    into: folder.url
                )
            )
        } catch {
            result = .failure(error)
        }
        try await server.stop()
        return try (result, FileManager.default.subpathsOfDirectory(atPath: folder.url.path).sorted())
    }

    @Test("A model arrives whole, by redirect too, and only the files that are needed")
    func whole() async throws {
        let (result, files) = try await pull(Self.whole)
        #expect(try result.get().path.hasSuffix("acme/model"))
        let model = ["1_Pooling", "1_Pooling/config.json", "config.json", "model.safetensors"].map {
            "acme/model/" + $0
        }
        #expect(files == ["acme", "acme/model"] + model)
    }

    @Test(
        "A broken download leaves nothing behind",
        arguments: [
            [list: TestServer.Answer.bytes(tree(sha256: String(repeating: "0", count: 64)))],
            [list: .bytes(tree(size: 7))], [list: .bytes(tree(size: 700))],
            ["/cdn/weights": .broken(weights)],
            ["/cdn/weights": .status(500)], [files + "config.json": .bytes(Array("[]".utf8))],
            [list: .bytes(Array("<html>".utf8))],
            [list: .status(404)], [files + "model.safetensors": .redirect("/cdn/nowhere")],
        ]
    )
    func broken(_ change: [String: TestServer.Answer]) async throws {
        let (result, files) = try await pull(Self.whole.merging(change) { $1 })
        #expect(throws: ModelHubError.self) { try result.get() }
        #expect(files.isEmpty)
    }

    @Test("A connection that breaks is taken up again, and the model arrives whole")
    func interrupted() async throws {
        let cut = TestServer.Answer.file(Self.weights, tag: "w", cutAfter: 8)
        let (result, files) = try await pull(Self.whole.merging(["/cdn/weights": cut]) { $1 })
        #expect(throws: Never.self) { try result.get() }
        #expect(files.contains("acme/model/model.safetensors") && files.count == 6)
    }

    @Test(
        "A name that could lead elsewhere is refused before anything is asked",
        arguments: ["", "../x", "a/b/c", "/etc", "a b", "a/../b"]
    )
    func names(_ name: String) async throws {
        let (result, files) = try await pull([:], name)
        #expect(throws: ModelHubError.badName(name)) { try result.get() }
        #expect(files.isEmpty)
    }

    @Test("Where no hub answers, it says so")
    func unreachable() async throws {
        let folder = try TemporaryFolder()
        await #expect {
            try await ModelHub(endpoint: "http://127.0.0.1:9").pull("acme/model", into: folder.url)
        } throws: {
            "\($0)".contains("cannot be reached")
        }
    }
}
