package import Foundation

/// The head of a NumPy file of version 1.0, which says of what form the rest is.
///
/// Format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>
package struct NumPyHeader {
    /// The element type as NumPy writes it: `'<f4'`, or a list of fields.
    package var description: String
    package var shape: [Int]

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]

    /// What is wrong with a file.
    package struct Fault: Error { package var description: String }

    package init(description: String, shape: [Int]) {
        self.description = description
        self.shape = shape
    }

    /// Reads the head of a file.
    /// - Returns: it, and where the elements begin.
    package static func read(_ data: Data) throws(Fault) -> (header: NumPyHeader, start: Int) {
        guard data.count >= 10, Array(data.prefix(8)) == magic else {
            throw Fault(description: "it is no NumPy file of version 1.0")
        }
        let start = 10 + (Int(data[8]) | Int(data[9]) << 8)
        guard data.count >= start else { throw Fault(description: "it is cut short") }
        let text = String(decoding: data[10..<start], as: UTF8.self)
        guard let order = text.range(of: ", 'fortran_order': False, 'shape': ("),
            let close = text[order.upperBound...].firstIndex(of: ")"), text.hasPrefix("{'descr': ")
        else { throw Fault(description: "it does not hold numbers in C order") }
        let shape = text[order.upperBound..<close].split { !$0.isNumber }.compactMap { Int($0) }
        let description = text[..<order.lowerBound].dropFirst("{'descr': ".count)
        return (NumPyHeader(description: String(description), shape: shape), start)
    }

    /// The bytes of the head, a multiple of 64.
    package var bytes: Data {
        let sides = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var text = "{'descr': \(description), 'fortran_order': False, 'shape': (\(sides)), }"
        text += String(repeating: " ", count: (64 - (10 + text.utf8.count + 1) % 64) % 64) + "\n"
        let count = text.utf8.count
        return Data(Self.magic + [UInt8(count & 255), UInt8(count >> 8)]) + Data(text.utf8)
    }
}
