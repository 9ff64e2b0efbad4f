/// Reads server-sent events (WHATWG HTML, 9.2.6) out of bytes that come in pieces of any size.
///
/// Of each event only its data is given; comments, names, ids and events without data are dropped.
package struct ServerSentEvents {
    /// A line or an event is longer than is read.
    package struct TooLong: Error {}

    /// How many bytes an event may have.
    package static let longest = 1 << 20

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var followsReturn = false
    private var isFirstLine = true

    package init() {}

    /// Reads on; gives the data of the events that are whole by now.
    /// - Throws: ``TooLong``.
    package mutating func add(_ bytes: some Sequence<UInt8>) throws -> [String] {
        var events: [String] = []
        for byte in bytes {
            defer { followsReturn = byte == 0x0D }
            switch byte {
            case 0x0A where followsReturn: break
            case 0x0A, 0x0D: if let event = endLine() { events.append(event) }
            default:
                guard line.count + data.count < Self.longest else { throw TooLong() }
                line.append(byte)
            }
        }
        return events
    }

    /// The data of an event that lacks the empty line behind it, since the connection ended. (The standard drops it;
    /// some servers leave the last line out.)
    package mutating func finish() -> String? {
        _ = line.isEmpty ? nil : endLine()
        return endEvent()
    }

    private mutating func endLine() -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        if line.isEmpty { return endEvent() }
        guard line.starts(with: "data".utf8), line.count == 4 || line[4] == 0x3A else { return nil }
        if hasData { data.append(0x0A) }
        hasData = true
        let value = line.dropFirst(5)
        data += value.first == 0x20 ? value.dropFirst() : value
        return nil
    }

    private mutating func endEvent() -> String? {
        guard hasData else { return nil }
        defer {
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        return String(decoding: data, as: UTF8.self)
    }
}
