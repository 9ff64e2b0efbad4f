import Foundation

/// JSON that a model wrote; whatever it holds can be decoded, and what makes no sense is `other`.
enum ReplyValue: Decodable {
    case number(Double)
    case text(String)
    case list([ReplyValue])
    case fields([String: ReplyValue])
    case other

    /// No reply is read beyond so many bytes.
    private static let longest = 65_536

    /// The JSON object or list in a reply: alone, or with words or a fence of backticks around it.
    /// - Throws: ``LanguageModelError/unreadable(_:)``.
    init(in reply: String) throws {
        let bytes = Array(reply.utf8.prefix(Self.longest))
        guard let start = bytes.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") })
        else {
            throw LanguageModelError.unreadable(bytes.isEmpty ? "it is empty" : "it holds no JSON")
        }
        let close = bytes[start] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
        guard let end = bytes.lastIndex(of: close), end > start,
            let value = try? JSONDecoder().decode(ReplyValue.self, from: Data(bytes[start...end]))
        else { throw LanguageModelError.unreadable("its JSON is broken") }
        self = value
    }

    init(from decoder: any Decoder) throws {
        if let fields = try? decoder.container(keyedBy: Key.self) {
            self = .fields(
                fields.allKeys.reduce(into: [:]) { values, key in
                    values[key.stringValue] = try? fields.decode(ReplyValue.self, forKey: key)
                }
            )
        } else if var list = try? decoder.unkeyedContainer() {
            var values: [ReplyValue] = []
            while !list.isAtEnd { try values.append(list.decode(ReplyValue.self)) }
            self = .list(values)
        } else {
            let value = try decoder.singleValueContainer()
            if (try? value.decode(Bool.self)) != nil {
                self = .other
            } else if let number = try? value.decode(Double.self), number.isFinite {
                self = .number(number)
            } else {
                self = (try? value.decode(String.self)).map(ReplyValue.text) ?? .other
            }
        }
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    subscript(name: String) -> ReplyValue? {
        if case .fields(let fields) = self { fields[name] } else { nil }
    }

    /// The items of a list; of anything else, none.
    var items: [ReplyValue] { if case .list(let values) = self { values } else { [] } }

    /// A text without control characters, of at most so many characters; `nil` of an empty one.
    func text(upTo limit: Int) -> String? {
        guard case .text(let text) = self else { return nil }
        let short = printable(String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))))
        return short.isEmpty ? nil : short
    }

    /// A whole number, written as one or as a text of digits.
    var whole: Int? {
        switch self {
        case .number(let number): Int(exactly: number)
        case .text(let text): text.utf8.count <= 9 ? Int(text) : nil
        case .list, .fields, .other: nil
        }
    }
}
