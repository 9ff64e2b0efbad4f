import Crypto
package import Foundation
import Matinee

/// A checksum that a publisher gives for a file, in hexadecimal digits.
package enum Checksum: Sendable, Equatable {
    case md5(String)
    case sha256(String)
    /// The SHA-1 of the file as a git object, which its size is part of.
    case git(String)

    /// Whether a file has this checksum.
    /// - Throws: what reading the file throws.
    package func matches(_ file: URL) throws -> Bool {
        switch self {
        case .md5(let sum): try Self.digest(file, Insecure.MD5()) == sum.lowercased()
        case .sha256(let sum): try Self.digest(file, SHA256()) == sum.lowercased()
        case .git(let sum):
            try Self.digest(file, Insecure.SHA1()) { Data("blob \($0)\0".utf8) } == sum.lowercased()
        }
    }

    private static func digest(
        _ file: URL,
        _ start: some HashFunction,
        preface: (_ size: UInt64) -> Data = { _ in Data() }
    ) throws -> String {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var hash = start
        hash.update(data: try preface(handle.seekToEnd()))
        try handle.seek(toOffset: 0)
        while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty { hash.update(data: data) }
        return hexadecimal(hash.finalize())
    }
}
