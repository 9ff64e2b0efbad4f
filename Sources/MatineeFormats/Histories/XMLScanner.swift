/// Takes an XML document apart: tags and text, one after the other.
///
/// Only what feeds have: no DOCTYPE, and no entities but XML's five and numbers (others stay as they are written).
/// Attributes are passed over. Bytes that are no UTF-8 become U+FFFD. Time and memory are linear in the bytes.
struct XMLScanner {
    enum Token: Equatable {
        case start(String, isEmpty: Bool)
        case end(String)
        case text(String)
    }

    /// The document is not well-formed.
    struct Malformed: Error {}

    private static let open = UInt8(ascii: "<"), close = UInt8(ascii: ">"), slash = UInt8(ascii: "/")
    private static let spaces = Set(" \t\r\n".utf8), endsOfNames = Set(" \t\r\n/>=\"'<".utf8)

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next tag or text; `nil` at the end.
    /// - Throws: ``Malformed``.
    mutating func next() throws -> Token? {
        while place < bytes.count {
            guard bytes[place] == Self.open else { return text() }
            if takes("<!--") {
                try skip(past: "-->")
            } else if takes("<?") {
                try skip(past: "?>")
            } else if takes("<![CDATA[") {
                let start = place
                try skip(past: "]]>")
                return .text(String(decoding: bytes[start..<place - 3], as: UTF8.self))
            } else if takes("<!") {
                throw Malformed()
            } else {
                return try takes("</") ? end() : start()
            }
        }
        return nil
    }

    private func has(_ mark: String, at place: Int) -> Bool { bytes[place...].starts(with: mark.utf8) }

    private mutating func takes(_ mark: String) -> Bool {
        guard has(mark, at: place) else { return false }
        place += mark.utf8.count
        return true
    }

    private mutating func skip(past mark: String) throws {
        while place < bytes.count {
            if takes(mark) { return }
            place += 1
        }
        throw Malformed()
    }

    private mutating func name() throws -> String {
        let start = place
        while place < bytes.count, !Self.endsOfNames.contains(bytes[place]) { place += 1 }
        guard place > start else { throw Malformed() }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func end() throws -> Token {
        let name = try name()
        while place < bytes.count, Self.spaces.contains(bytes[place]) { place += 1 }
        guard takes(">") else { throw Malformed() }
        return .end(name)
    }

    private mutating func start() throws -> Token {
        place += 1
        let name = try name()
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case Self.close: return .start(name, isEmpty: bytes[place - 2] == Self.slash)
            case Self.open: throw Malformed()
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = bytes[place...].firstIndex(of: byte) else { throw Malformed() }
                place = end + 1
            default: break
            }
        }
        throw Malformed()
    }

    private mutating func text() -> Token {
        let end = bytes[place...].firstIndex(of: Self.open) ?? bytes.count
        defer { place = end }
        return .text(Self.unescaped(String(decoding: bytes[place..<end], as: UTF8.self)))
    }

    private static func unescaped(_ text: String) -> String {
        let parts = text.split(separator: "&", omittingEmptySubsequences: false)
        var plain = String(parts.first ?? "")
        for part in parts.dropFirst() {
            if let end = part.prefix(12).firstIndex(of: ";"), let scalar = scalar(part[..<end]) {
                plain.unicodeScalars.append(scalar)
                plain += part[part.index(after: end)...]
            } else {
                plain += "&" + part
            }
        }
        return plain
    }

    private static let named: [Substring: Unicode.Scalar] = [
        "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
    ]

    /// What `lt`, `#60` or `#x3c` stands for.
    private static func scalar(_ entity: Substring) -> Unicode.Scalar? {
        if let scalar = named[entity] { return scalar }
        guard entity.hasPrefix("#") else { return nil }
        let digits = entity.dropFirst()
        let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }
}
