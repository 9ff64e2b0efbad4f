import Foundation

/// Reads the objects of a JSON Lines file, or those of one JSON array, in bounded memory.
struct JSONRows {
    private let stream: ByteStream
    private let isArray: Bool

    /// - Parameter isArray: whether the file is one array; otherwise every line is an object.
    init(_ stream: ByteStream, isArray: Bool) {
        self.stream = stream
        self.isArray = isArray
    }

    /// Reads all objects and counts them.
    /// - Parameter body: takes an object; returns what is wrong with it, or `nil`.
    func forEach(_ tally: inout Tally, _ body: ([String: Any]) throws -> String?) throws {
        func row(_ bytes: some Collection<UInt8>) throws -> String? {
            guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)) else {
                return "it is not valid JSON"
            }
            guard let object = value as? [String: Any] else { return "it is no JSON object" }
            return try body(object)
        }
        guard isArray else {
            return try RecordReader(stream, .lines).forEach(&tally) { try row($0[0]) }
        }
        var splitter = ArraySplitter()
        try splitter.split(stream) { line, bytes, fault in
            try tally.count(line: line, fault: fault ?? row(bytes))
        }
    }
}

/// Finds the objects of a JSON array by their brackets, without reading them.
private struct ArraySplitter {
    private var object: [UInt8] = []
    private var depth = 0, line = 1, firstLine = 1
    private var isText = false, isEscaped = false

    mutating func split(_ stream: ByteStream, _ body: (Int, [UInt8], String?) throws -> Void) throws {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { memory.deallocate() }
        while case let count = try stream.read(memory), count > 0 {
            for byte in memory[..<count] where take(byte) {
                let isTooLong = object.count > RecordReader.longest
                try body(firstLine, object, isTooLong ? "it is too long" : nil)
                object.removeAll(keepingCapacity: true)
            }
        }
        if depth > 0 { try body(firstLine, [], "the file ends within it") }
    }

    /// Takes the next byte; true where it ends an object.
    private mutating func take(_ byte: UInt8) -> Bool {
        if byte == 10 { line += 1 }
        if depth == 0 {
            guard byte == 123 else { return false }
            firstLine = line
        }
        // What is too long is only measured.
        if object.count <= RecordReader.longest { object.append(byte) }
        if isText {
            isText = isEscaped || byte != 34
            isEscaped = !isEscaped && byte == 92
            return false
        }
        if byte == 34 { isText = true }
        if byte == 123 || byte == 91 { depth += 1 }
        if byte == 125 || byte == 93 { depth -= 1 }
        return depth == 0
    }
}
