import Foundation
import Matinee

/// A row of a table while it is read; its fields are valid until the next is read.
package struct Record {
    /// The line on which it begins, from 1.
    package let line: Int
    package let fields: [UnsafeRawBufferPointer]

    package var count: Int { fields.count }

    package subscript(column: Int) -> UnsafeRawBufferPointer { fields[column] }

    /// A field as text, as it stands; empty where the row is too short.
    package func text(_ column: Int?) -> String {
        column.flatMap { fields.indices.contains($0) ? fields[$0].text : nil } ?? ""
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes as UTF-8; as ISO 8859-1, which older MovieLens files are in, where they are no UTF-8.
    var text: String {
        if let text = String(validating: self, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(map { Unicode.Scalar($0) }))
    }

    /// The number that the bytes are the decimal digits of, or `nil`; at most 18 digits.
    @inline(__always)
    var wholeNumber: Int? {
        guard (1...18).contains(count) else { return nil }
        var number = 0
        for byte in self {
            let digit = byte &- 48
            guard digit < 10 else { return nil }
            number = number &* 10 &+ Int(digit)
        }
        return number
    }

    /// The number that the bytes are, without sign or exponent (`4`, `3.5`), or `nil`; at most 18 digits.
    @inline(__always)
    var decimalNumber: Double? {
        guard (1...19).contains(count) else { return nil }
        var number = 0, scale = 0
        for byte in self {
            let digit = byte &- 48
            if byte == 46, scale == 0 {
                scale = 1
            } else if digit < 10, number < 100_000_000_000_000_000 {
                number = number &* 10 &+ Int(digit)
                scale *= 10
            } else {
                return nil
            }
        }
        // Only a point, or one at the end, is no number.
        guard scale != 1 else { return nil }
        return scale == 0 ? Double(number) : Double(number) / Double(scale)
    }
}
