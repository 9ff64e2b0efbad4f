package import Foundation
import Matinee

/// A `.safetensors` file, memory-mapped: named tensors of F32, F16 or BF16 numbers, read as float32.
///
/// The format is a little-endian `UInt64` length, a JSON header of that many bytes and the data, in which a
/// tensor occupies `data_offsets` (<https://github.com/huggingface/safetensors#format>).
package final class Safetensors {
    private struct Entry: Decodable {
        var dtype: String
        var shape: [Int]
        var data_offsets: [Int]
    }

    private let url: URL
    private let data: Data
    private let start: Int
    private let entries: [String: Entry]

    /// Maps a file and reads its header.
    /// - Throws: ``EncoderError`` for a missing file or a header that does not fit the file.
    package init(url: URL) throws {
        self.url = url
        data = try Self.map(url)
        guard data.count >= 8 else { throw EncoderError.wrongFile(url, "it has only \(data.count) bytes") }
        let length = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= 100_000_000, length <= UInt64(data.count - 8) else {
            throw EncoderError.wrongFile(
                url,
                "its header is longer than the file, which is cut short or no safetensors file"
            )
        }
        start = 8 + Int(length)
        entries = try Self.header(data.subdata(in: 8..<start), url)
        let end = entries.values.compactMap(\.data_offsets.last).max() ?? 0
        guard end <= data.count - start else {
            throw EncoderError.wrongFile(url, "it ends before its last tensor: it is cut short")
        }
    }

    private static func map(_ url: URL) throws -> Data {
        guard FileManager.default.fileExists(atPath: url.path) else { throw EncoderError.missingFile(url) }
        do { return try Data(contentsOf: url, options: .alwaysMapped) } catch {
            throw EncoderError.unreadable(url, reason(error))
        }
    }

    private static func header(_ json: Data, _ url: URL) throws -> [String: Entry] {
        guard var object = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any] else {
            throw EncoderError.wrongFile(url, "its header is not a JSON object")
        }
        object["__metadata__"] = nil
        do {
            return try JSONDecoder().decode(
                [String: Entry].self,
                from: JSONSerialization.data(withJSONObject: object)
            )
        } catch { throw EncoderError.wrongFile(url, "its header does not describe tensors") }
    }

    /// The shapes of all tensors by their names.
    package var shapes: [String: [Int]] { entries.mapValues(\.shape) }

    /// Whether the file has a tensor of that name.
    func contains(_ name: String) -> Bool { entries[name] != nil }

    /// A tensor as float32 numbers in C order; a view of the mapped file where type and alignment allow.
    /// - Throws: ``EncoderError`` where the tensor is missing, has another shape or lies outside the file.
    package func tensor(_ name: String, shape: [Int]) throws -> Tensor {
        guard let entry = entries[name] else { throw EncoderError.wrongFile(url, "it has no tensor \(name)") }
        guard entry.shape == shape else {
            throw EncoderError.wrongFile(
                url,
                "tensor \(name) has shape \(entry.shape) where the configuration asks for \(shape)"
            )
        }
        let width = try width(of: entry.dtype, name)
        guard let size = Self.size(shape, width), entry.data_offsets.count == 2,
            let low = entry.data_offsets.first, let high = entry.data_offsets.last,
            low >= 0, high >= low, high - low == size, high <= data.count - start
        else {
            throw EncoderError.wrongFile(
                url,
                "tensor \(name) lies outside the file, which is cut short or damaged"
            )
        }
        return convert(entry.dtype, start + low, size / width)
    }

    /// The bytes of a tensor, or `nil` where a length is negative or they are too many to be counted.
    private static func size(_ shape: [Int], _ width: Int) -> Int? {
        shape.reduce(width) { size, length in
            guard let size, length >= 0 else { return nil }
            let product = size.multipliedReportingOverflow(by: length)
            return product.overflow ? nil : product.partialValue
        }
    }

    private func width(of dtype: String, _ name: String) throws -> Int {
        switch dtype {
        case "F32": return 4
        case "F16", "BF16": return 2
        default:
            throw EncoderError.wrongFile(
                url,
                "tensor \(name) has the type \(dtype); F32, F16 and BF16 are supported"
            )
        }
    }

    private func convert(_ dtype: String, _ offset: Int, _ count: Int) -> Tensor {
        data.withUnsafeBytes { bytes in
            if dtype == "F32", let base = bytes.baseAddress, UInt(bitPattern: base + offset) % 4 == 0 {
                let floats = (base + offset).assumingMemoryBound(to: Float.self)
                return Tensor(UnsafeBufferPointer(start: floats, count: count), keeping: self)
            }
            return Tensor(
                (0..<count).map { i in
                    switch dtype {
                    case "F32": bytes.loadUnaligned(fromByteOffset: offset + 4 * i, as: Float.self)
                    case "F16":
                        float(half: bytes.loadUnaligned(fromByteOffset: offset + 2 * i, as: UInt16.self))
                    default:
                        Float(
                            bitPattern: UInt32(
                                bytes.loadUnaligned(fromByteOffset: offset + 2 * i, as: UInt16.self)
                            ) << 16
                        )
                    }
                }
            )
        }
    }
}

/// An IEEE 754 binary16 number as float32, exactly; `Float16` does not exist on every platform.
func float(half bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10) & 0x1F, fraction = Float(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
        return sign * (1 + fraction * 0x1p-10) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
}
