/// Reads a catalogue row of the usual form straight from its bytes, many times faster than `JSONDecoder`.
///
/// It gives up at everything that is unusual or wrong: fields that repeat, numbers with exponents, surrogates, nested
/// values of unknown fields. What it reads is what `JSONDecoder` would; what it does not is for that to read or refuse.
package struct RowScanner {
    /// The row is not of the usual form.
    private struct Unusual: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0
    /// Whether a field was passed over.
    private var hasUnknownField = false

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes.assumingMemoryBound(to: UInt8.self) }

    /// The movie of a row, or `nil` where the row is not of the usual form.
    package static func movie(_ bytes: UnsafeRawBufferPointer) -> Movie? {
        var scanner = RowScanner(bytes)
        return try? scanner.row()
    }

    /// Whether a row is of the usual form and has no unknown field.
    static func hasKnownFieldsOnly(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var scanner = RowScanner(bytes)
        return (try? scanner.row()) != nil && !scanner.hasUnknownField
    }

    private mutating func row() throws(Unusual) -> Movie {
        var movie = Movie(id: "", title: ""), seen: UInt32 = 0
        try expect(UInt8(ascii: "{"))
        repeat {
            let field = try field()
            try expect(UInt8(ascii: ":"))
            if let field {
                guard seen & 1 << field == 0 else { throw Unusual() }
                seen |= 1 << field
                try read(Self.fields[field].key, into: &movie)
            } else {
                hasUnknownField = true
                try skip()
            }
        } while try goesOn(until: UInt8(ascii: "}"))
        guard next() == nil, !movie.id.isEmpty, !movie.title.isEmpty else { throw Unusual() }
        return movie
    }

    private mutating func read(_ key: Movie.CodingKeys, into movie: inout Movie) throws(Unusual) {
        switch key {
        case .id: movie.id = try id()
        case .title: movie.title = try text()
        case .aliases: movie.aliases = try list()
        case .year: movie.year = try whole()
        case .genres: movie.genres = try list().map(Genre.canonical)
        case .directors: movie.directors = try list()
        case .cast: movie.cast = try list()
        case .keywords: movie.keywords = try list()
        case .overview: movie.overview = try optionalText()
        case .runtime: movie.runtime = try whole()
        case .languages: movie.languages = try list()
        case .countries: movie.countries = try list()
        case .certificate: movie.certificate = try optionalText()
        case .popularity: movie.popularity = try decimal()
        case .imdbID: movie.imdbID = try optionalText()
        case .tmdbID: movie.tmdbID = try whole()
        }
    }
}

/// Tokens.
extension RowScanner {
    /// The next byte that is no white space, which stays; `nil` at the end.
    private mutating func next() -> UInt8? {
        while place < bytes.count {
            let byte = bytes[place]
            guard byte == 32 || byte == 9 || byte == 13 || byte == 10 else { return byte }
            place += 1
        }
        return nil
    }

    private mutating func expect(_ byte: UInt8) throws(Unusual) {
        guard next() == byte else { throw Unusual() }
        place += 1
    }

    /// Passes a comma, or the end of a list or object.
    private mutating func goesOn(until end: UInt8) throws(Unusual) -> Bool {
        let byte = next()
        guard byte == UInt8(ascii: ",") || byte == end else { throw Unusual() }
        place += 1
        return byte != end
    }

    private mutating func passes(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - place >= count else { return false }
        for i in 0..<count where bytes[place + i] != word.utf8Start[i] { return false }
        place += count
        return true
    }

    private mutating func isNull() -> Bool { next() == UInt8(ascii: "n") && passes("null") }
}

/// Fields.
extension RowScanner {
    private static let fields = Movie.CodingKeys.allCases.map { (key: $0, name: Array($0.stringValue.utf8)) }

    /// The number of the field whose name follows, or `nil` where it is unknown.
    private mutating func field() throws(Unusual) -> Int? {
        let span = try quoted()
        guard span.isPlain, !span.hasEscapes else { throw Unusual() }
        return Self.fields.firstIndex {
            $0.name.count == span.count && $0.name.elementsEqual(bytes[span.range])
        }
    }

    /// Passes a text, number, truth value or null.
    private mutating func skip() throws(Unusual) {
        switch next() {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): guard passes("true") else { throw Unusual() }
        case UInt8(ascii: "f"): guard passes("false") else { throw Unusual() }
        case UInt8(ascii: "n"): guard passes("null") else { throw Unusual() }
        default: _ = try number()
        }
    }
}

/// Texts.
extension RowScanner {
    /// Where the bytes of a text are, and whether they are its printable form already.
    private struct Quoted {
        var range: Range<Int>
        var isPlain: Bool
        var hasEscapes: Bool
        var count: Int { range.count }
    }

    /// Passes a text.
    private mutating func quoted() throws(Unusual) -> Quoted {
        try expect(UInt8(ascii: "\""))
        let start = place
        // Plain is what `printable` leaves as it is: ASCII, single spaces between the words.
        var isPlain = true, hasEscapes = false, last: UInt8 = 32
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\""):
                let range = start..<place
                place += 1
                return Quoted(range: range, isPlain: isPlain && last != 32, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                place += 1
            case 32: isPlain = isPlain && last != 32
            case 33..<127: break
            case ..<32: throw Unusual()
            default: isPlain = false
            }
            last = byte
            place += 1
        }
        throw Unusual()
    }

    /// A text as it stands, and whether it is printable as it stands.
    private mutating func string() throws(Unusual) -> (text: String, isPlain: Bool) {
        let span = try quoted(), part = UnsafeBufferPointer(rebasing: bytes[span.range])
        if span.isPlain, !span.hasEscapes { return (String(decoding: part, as: UTF8.self), true) }
        let bytes = span.hasEscapes ? try unescaped(part) : Array(part)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Unusual() }
        return (text, false)
    }

    private func unescaped(_ part: UnsafeBufferPointer<UInt8>) throws(Unusual) -> [UInt8] {
        var result: [UInt8] = [], i = 0
        result.reserveCapacity(part.count)
        while i < part.count {
            guard part[i] == UInt8(ascii: "\\") else {
                result.append(part[i])
                i += 1
                continue
            }
            guard i + 1 < part.count else { throw Unusual() }
            switch part[i + 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(part[i + 1])
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "u"):
                result += try String(letter(part[(i + 2)...].prefix(4))).utf8
                i += 4
            default: throw Unusual()
            }
            i += 2
        }
        return result
    }

    /// The letter of four hexadecimal digits; half of a pair is none.
    private func letter(_ digits: Slice<UnsafeBufferPointer<UInt8>>) throws(Unusual) -> Unicode.Scalar {
        var value: UInt32 = 0
        for digit in digits {
            guard let number = Character(Unicode.Scalar(digit)).hexDigitValue else { throw Unusual() }
            value = value << 4 | UInt32(number)
        }
        guard digits.count == 4, value > 0, let scalar = Unicode.Scalar(value) else { throw Unusual() }
        return scalar
    }

    private mutating func text() throws(Unusual) -> String {
        let (text, isPlain) = try string()
        return isPlain ? text : printable(text)
    }

    private mutating func optionalText() throws(Unusual) -> String? {
        if isNull() { return nil }
        let text = try text()
        return text.isEmpty ? nil : text
    }

    /// An id, which must be printable as it stands.
    private mutating func id() throws(Unusual) -> String {
        let (text, isPlain) = try string()
        guard isPlain || text == printable(text) else { throw Unusual() }
        return text
    }

    private mutating func list() throws(Unusual) -> [String] {
        if isNull() { return [] }
        try expect(UInt8(ascii: "["))
        if next() == UInt8(ascii: "]") {
            place += 1
            return []
        }
        var list: [String] = []
        repeat {
            let text = try text()
            if !text.isEmpty { list.append(text) }
        } while try goesOn(until: UInt8(ascii: "]"))
        return list
    }
}

/// Numbers.
extension RowScanner {
    /// Reads a number of at most 15 digits without an exponent: its digits, and how many of them are decimals, `nil`
    /// where it has no point.
    private mutating func number() throws(Unusual) -> (digits: Int, decimals: Int?) {
        let isNegative = next() == UInt8(ascii: "-")
        if isNegative { place += 1 }
        var value = 0, count = 0, point: Int?
        let start = place
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "."), point == nil, count > 0 {
                point = count
            } else if (48...57).contains(byte) {
                (value, count) = (10 * value + Int(byte - 48), count + 1)
                guard count <= 15 else { throw Unusual() }
            } else {
                break
            }
            place += 1
        }
        let hasZero = count > 0 && bytes[start] == 48 && (point ?? count) > 1
        guard count > 0, point != count, !hasZero, value > 0 || !isNegative else { throw Unusual() }
        return (isNegative ? -value : value, point.map { count - $0 })
    }

    private mutating func whole() throws(Unusual) -> Int? {
        if isNull() { return nil }
        let number = try number()
        guard number.decimals == nil else { throw Unusual() }
        return number.digits
    }

    /// Both 15 digits and 10^15 are exact in `Double`, so that their quotient is rounded once, as it should be (Clinger,
    /// "How to Read Floating Point Numbers Accurately", 1990).
    private mutating func decimal() throws(Unusual) -> Double? {
        if isNull() { return nil }
        let number = try number()
        return Double(number.digits) / Self.powers[number.decimals ?? 0]
    }

    private static let powers = (0...15).map { power in (0..<power).reduce(1.0) { product, _ in product * 10 }
    }
}
