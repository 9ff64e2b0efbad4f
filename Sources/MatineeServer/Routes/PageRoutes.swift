import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

// The page and what describes the API: files that come with Matinee.
extension Routes {
    var page: [Route] { PageFiles.shared.files.map(route) + [route(PageFiles.shared.openAPI)] }

    private func route(_ file: PageFiles.File) -> Route {
        Route(method: .get, path: file.path, access: .anybody) { request, _ in
            var headers: HTTPFields = [.contentType: file.type, .eTag: file.tag, .cacheControl: "no-cache"]
            if request.headers[.ifNoneMatch] == file.tag {
                return Response(status: .notModified, headers: headers)
            }
            headers[.contentLength] = "\(file.bytes.readableBytes)"
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.bytes))
        }
    }
}

/// The files of the page, read once.
struct PageFiles: Sendable {
    struct File: Sendable {
        var path: String
        var type: String
        var bytes: ByteBuffer
        /// Changes with the bytes.
        var tag: String
    }

    static let shared = PageFiles()

    let files: [File]
    let openAPI: File

    private init() {
        let folder = Bundle.module.bundleURL.appending(path: "Page")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        files = names.sorted().compactMap { name in
            Self.file(folder.appending(path: name), at: name == "index.html" ? "/" : "/\(name)")
        }
        guard
            let openAPI = Self.file(
                Bundle.module.bundleURL.appending(path: "openapi.json"),
                at: "/openapi.json"
            )
        else {
            preconditionFailure("openapi.json is missing from the program's resources")
        }
        self.openAPI = openAPI
    }

    private static func file(_ url: URL, at path: String) -> File? {
        let types = [
            "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
            "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "json": "application/json",
        ]
        guard let type = types[url.pathExtension], let data = try? Data(contentsOf: url) else { return nil }
        let digest = SHA256.hash(data: data).prefix(8).map { String(Int($0) + 256, radix: 16).dropFirst() }
            .joined()
        return File(path: path, type: type, bytes: ByteBuffer(bytes: data), tag: "\"\(digest)\"")
    }
}
