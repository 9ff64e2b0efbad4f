/// Takes secrets out of what a server says: whole, or any eight characters of them in a row.
///
/// Secrets of fewer than six characters, such as the `EMPTY` that some local servers are given, are no secrets.
package struct Redaction: Sendable {
    private static let window = 8
    private static let mark = Array("***".utf8)

    /// ASCII.
    private let secrets: [[UInt8]]

    package init(_ secrets: [String]) {
        self.secrets = secrets.map { Array($0.utf8) }.filter { $0.count >= 6 }
    }

    /// The text without the secrets.
    package func callAsFunction(_ text: String) -> String {
        guard !secrets.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var isLastHidden = false
        return String(decoding: shown(bytes, hidden(in: bytes), &isLastHidden), as: UTF8.self)
    }

    /// The same for a text that comes in pieces: what may be the beginning of a secret waits for the next piece.
    package struct Stream {
        private let redaction: Redaction
        private var held: [UInt8] = []
        private var heldMarks: [Bool] = []
        private var isLastHidden = false

        package init(_ redaction: Redaction) { self.redaction = redaction }

        package mutating func add(_ piece: String) -> String {
            guard !redaction.secrets.isEmpty else { return piece }
            let bytes = held + Array(piece.utf8)
            var marks = redaction.hidden(in: bytes)
            for (place, isHidden) in heldMarks.enumerated() where isHidden { marks[place] = true }
            let end = bytes.count - redaction.lengthToHold(bytes)
            held = Array(bytes[end...])
            heldMarks = Array(marks[end...])
            return String(
                decoding: redaction.shown(Array(bytes[..<end]), marks, &isLastHidden),
                as: UTF8.self
            )
        }

        package mutating func finish() -> String {
            defer { (held, heldMarks) = ([], []) }
            return String(decoding: redaction.shown(held, heldMarks, &isLastHidden), as: UTF8.self)
        }
    }

    /// Of each byte, whether it belongs to a secret.
    private func hidden(in bytes: [UInt8]) -> [Bool] {
        var marks = [Bool](repeating: false, count: bytes.count)
        for secret in secrets {
            let length = min(Self.window, secret.count)
            let parts = Set((0...secret.count - length).map { secret[$0..<$0 + length] })
            for start in bytes.indices.dropLast(length - 1) {
                let part = bytes[start..<start + length]
                guard parts.contains(part) else { continue }
                for place in part.indices { marks[place] = true }
            }
        }
        return marks
    }

    /// How many bytes at the end may be the beginning of a part of a secret.
    private func lengthToHold(_ bytes: [UInt8]) -> Int {
        let longest = min(Self.window - 1, bytes.count)
        return (0...longest).reversed().first { length in
            length == 0 || secrets.contains { $0.containsRun(bytes.suffix(length)) }
        } ?? 0
    }

    private func shown(_ bytes: [UInt8], _ marks: [Bool], _ isLastHidden: inout Bool) -> [UInt8] {
        var shown: [UInt8] = []
        for (byte, isHidden) in zip(bytes, marks) {
            if !isHidden { shown.append(byte) } else if !isLastHidden { shown += Self.mark }
            isLastHidden = isHidden
        }
        return shown
    }
}

extension [UInt8] {
    fileprivate func containsRun(_ run: ArraySlice<UInt8>) -> Bool {
        count >= run.count && (0...count - run.count).contains { self[$0..<$0 + run.count] == run }
    }
}
