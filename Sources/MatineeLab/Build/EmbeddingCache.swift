import Crypto
package import Foundation
import Matinee
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Vectors of texts in a file, so that a build that was interrupted goes on where it was, and a new one embeds only
/// what is new.
///
/// The file is a row of records of the same size: the first 16 bytes of the text's SHA-256, the vector as
/// little-endian float32, and the first 8 bytes of the SHA-256 of both. A record that is not whole, such as the
/// last one after a kill, is passed over. Several processes may use a file at once.
// @unchecked: what is mutable is behind the mutex.
package final class EmbeddingCache: @unchecked Sendable {
    private struct Contents {
        var data = Data()
        var places: [Data: Int] = [:]
    }

    private static let keySize = 16, checkSize = 8
    private let url: URL
    private let dimension: Int
    private let contents: Mutex<Contents>
    private var recordSize: Int { Self.keySize + 4 * dimension + Self.checkSize }

    /// Opens the file, which need not exist.
    package init(url: URL, dimension: Int) {
        self.url = url
        self.dimension = dimension
        contents = Mutex(Contents())
        refresh()
    }

    /// Reads what other processes have added.
    package func refresh() { contents.withLock { read(&$0) } }

    private func read(_ contents: inout Contents) {
        guard let data = try? Data(contentsOf: url, options: .alwaysMapped), data.count > contents.data.count
        else { return }
        let known = contents.data.count / recordSize * recordSize
        for place in stride(from: known, through: data.count - recordSize, by: recordSize) {
            contents.places[data.subdata(in: place..<place + Self.keySize)] = place
        }
        contents.data = data
    }

    /// The vector of a text, or `nil` where it is not there or is damaged.
    package func vector(of text: String) -> [Float]? {
        contents.withLock { contents in
            guard let place = contents.places[Self.key(text)] else { return nil }
            let record = contents.data.subdata(in: place..<place + recordSize)
            guard record.suffix(Self.checkSize) == Self.check(record.dropLast(Self.checkSize)) else {
                return nil
            }
            return record.dropLast(Self.checkSize).dropFirst(Self.keySize).withUnsafeBytes { bytes in
                (0..<dimension).map {
                    Float(
                        bitPattern: UInt32(
                            littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)
                        )
                    )
                }
            }
        }
    }

    /// Adds vectors of texts.
    /// - Throws: an error of the file system; what was there before stays.
    package func add(_ vectors: [(text: String, vector: [Float])]) throws {
        var data = Data()
        for (text, vector) in vectors {
            var record = Self.key(text)
            for number in vector {
                withUnsafeBytes(of: number.bitPattern.littleEndian) { record.append(contentsOf: $0) }
            }
            data += record + Self.check(record)
        }
        let start = try append(data)
        guard let grown = try? Data(contentsOf: url, options: .alwaysMapped),
            grown.count >= start + data.count
        else { return }
        contents.withLock { contents in
            contents.data = grown
            for (i, item) in vectors.enumerated() {
                contents.places[Self.key(item.text)] = start + i * recordSize
            }
        }
    }

    /// Writes records behind the last whole one.
    /// - Returns: where the first stands.
    private func append(_ data: Data) throws -> Int {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let file = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        flock(file, LOCK_EX)
        let end = try handle.seekToEnd(), start = end - end % UInt64(recordSize)
        try handle.truncate(atOffset: start)
        try handle.seek(toOffset: start)
        try handle.write(contentsOf: data)
        return Int(start)
    }

    private static func key(_ text: String) -> Data {
        Data(SHA256.hash(data: Data(text.utf8)).prefix(keySize))
    }
    private static func check(_ record: Data) -> Data { Data(SHA256.hash(data: record).prefix(checkSize)) }
}
