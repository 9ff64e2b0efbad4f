import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// JSON as commands print it: keys in order, so that the same data give the same bytes.
enum JSON {
    static func pretty(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }

    /// One value on one line.
    static func line(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }
}

/// Writes results to standard output; where that is impossible, the program has failed and ends.
func output(_ data: Data) {
    do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
        note("Error: The result cannot be written to standard output: \(reason(error)).")
        exit(1)
    }
}

func output(_ text: String) { output(Data((text + "\n").utf8)) }

/// Writes a file that only its owner can read and that was not there before; whole or not at all.
func writeNew(_ data: Data, to url: URL) throws {
    let file = open(url.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
        try handle.write(contentsOf: data)
        try handle.synchronize()
    } catch {
        unlink(url.path)
        throw error
    }
}
