/// JSON as it stands in a file, to be read with a word on every mistake.
indirect enum JSONTree: Decodable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case fields([String: JSONTree])

    init(from decoder: any Decoder) throws {
        if let fields = try? decoder.container(keyedBy: Key.self) {
            self = .fields(
                try fields.allKeys.reduce(into: [:]) { values, key in
                    values[key.stringValue] = try fields.decode(JSONTree.self, forKey: key)
                }
            )
        } else if var list = try? decoder.unkeyedContainer() {
            var values: [JSONTree] = []
            while !list.isAtEnd { try values.append(list.decode(JSONTree.self)) }
            self = .list(values)
        } else {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let flag = try? value.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try value.decode(String.self))
            }
        }
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// The text, or `nil` where it is none or says nothing.
    var text: String? {
        if case .text(let text) = self, text.contains(where: { !$0.isWhitespace }) { text } else { nil }
    }

    var whole: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }

    /// The texts of a list, or a single text as a list of one; `nil` where it holds anything else or nothing.
    var texts: [String]? {
        if let text { return [text] }
        guard case .list(let items) = self, !items.isEmpty else { return nil }
        let texts = items.compactMap(\.text)
        return texts.count == items.count ? texts : nil
    }
}
