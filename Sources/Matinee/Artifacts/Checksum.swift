import Crypto
package import Foundation

/// The SHA-256 of data, in lower-case hexadecimal digits.
package func sha256(_ data: Data) -> String { hexadecimal(SHA256.hash(data: data)) }

/// Bytes in lower-case hexadecimal digits.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
}

/// A SHA-256 of data that comes in parts.
struct Checksum {
    private var hash = SHA256()

    mutating func update(_ data: Data) { hash.update(data: data) }

    /// The 32 bytes of all that was given.
    var bytes: Data { Data(hash.finalize()) }
}
