package import Foundation
import Matinee

/// Vectors as the database holds them: little-endian float32, one after the other.
package enum Vectors {
    static func data(_ vector: [Float]?) -> Data? {
        vector.map { vector in
            vector.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
        }
    }

    /// - Throws: ``StoreError/damaged(path:_:)`` where the bytes are no unit vector.
    package static func vector(_ data: Data?, _ path: String) throws -> [Float]? {
        guard let data else { return nil }
        guard data.count % 4 == 0, !data.isEmpty else {
            throw StoreError.damaged(path: path, "a taste has \(data.count) bytes")
        }
        let vector = data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(
                    bitPattern: UInt32(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)
                    )
                )
            }
        }
        guard abs(innerProduct(vector, vector) - 1) < 1e-3 else {
            throw StoreError.damaged(path: path, "a taste is not a vector of length 1")
        }
        return vector
    }
}
