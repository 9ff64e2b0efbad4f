import Crypto
package import Foundation
import Matinee

/// Gives people names that do not tell who they are: an HMAC-SHA256 with a secret that stays on this machine.
package struct Pseudonyms: Sendable {
    private let secret: SymmetricKey

    package init(secret: Data) { self.secret = SymmetricKey(data: secret) }

    /// The secret in a file that only its owner can read; made where it is missing.
    /// - Throws: ``DatasetError``.
    package init(file: URL) throws {
        if let known = try? Data(contentsOf: file), known.count >= 32 {
            self.init(secret: known)
            return
        }
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        do {
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try secret.write(to: file, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        } catch { throw DatasetError.unwritable(file.path, reason(error)) }
        self.init(secret: secret)
    }

    /// Sixteen hexadecimal digits.
    package func pseudonym(of name: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(name.utf8), using: secret)
        return String(hexadecimal(code).prefix(16))
    }
}
