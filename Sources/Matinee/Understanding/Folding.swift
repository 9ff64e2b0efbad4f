import Foundation

/// Text made comparable: lower case, without accents, every run of other characters a single space.
///
/// `Amélie` and `amelie`, `WALL·E` and `wall e` fold to the same. Letters of other scripts stay as they are.
public func folded(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 128 } ? foldedASCII(text) : foldedScalars(text)
}

private func foldedScalars(_ text: String) -> String {
    var bytes: [UInt8] = [], isGap = false
    bytes.reserveCapacity(text.utf8.count)
    func append(_ letters: some Sequence<UInt8>) {
        if isGap, !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
        bytes.append(contentsOf: letters)
        isGap = false
    }
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 48...57, 97...122: append(CollectionOfOne(UInt8(scalar.value)))
        case 65...90: append(CollectionOfOne(UInt8(scalar.value) | 32))
        case 0..<128: isGap = true
        default:
            let letters = foldedLetters(scalar)
            if !letters.isEmpty { append(letters.utf8) } else if !isMark(scalar) { isGap = true }
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// The same for a text of ASCII alone, which nearly all are.
private func foldedASCII(_ text: String) -> String {
    String(unsafeUninitializedCapacity: text.utf8.count) { room in
        var count = 0, isGap = false
        for byte in text.utf8 {
            let isLetter = (97...122).contains(byte | 32), isDigit = (48...57).contains(byte)
            if isLetter || isDigit {
                if isGap, count > 0 {
                    room[count] = UInt8(ascii: " ")
                    count += 1
                }
                room[count] = isLetter ? byte | 32 : byte
                count += 1
            }
            isGap = !isLetter && !isDigit
        }
        return count
    }
}

/// A word of a message: where it stands and how it compares.
package struct Word: Equatable {
    var range: Range<String.Index>
    package var folded: String
}

/// The words of a text in order: runs of letters and digits, an apostrophe between them splitting off what
/// follows (`children's` is `children` and `s`).
package func words(in text: String) -> [Word] {
    var words: [Word] = [], current = "", start = text.startIndex
    func close(at end: String.Index) {
        if !current.isEmpty { words.append(Word(range: start..<end, folded: current)) }
        current = ""
    }
    for i in text.unicodeScalars.indices {
        let letters = foldedLetters(text.unicodeScalars[i])
        if letters.isEmpty, !isMark(text.unicodeScalars[i]) {
            close(at: i)
        } else {
            if current.isEmpty { start = i }
            current += letters
        }
    }
    close(at: text.endIndex)
    return words
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .nonspacingMark
}

/// The base letters or digits of a scalar in lower case; empty for anything else.
private func foldedLetters(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 48...57, 97...122: return String(scalar)
    case 65...90: return scalar.properties.lowercaseMapping
    case 0..<128: return ""
    default: break
    }
    guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return "" }
    if let plain = undecomposed[scalar] { return plain }
    return String(
        String.UnicodeScalarView(
            String(scalar).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars.filter {
                !isMark($0)
            }
        )
    )
}

/// Letters that Unicode does not take apart, as people type them without the key for them.
private let undecomposed: [Unicode.Scalar: String] = [
    "ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l", "đ": "d",
    "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
]
