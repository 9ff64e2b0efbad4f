import Foundation
package import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes inputs that nobody would write: random bytes and texts, and given ones spoilt. The same seed gives the same.
package struct Fuzzer: Sendable {
    /// How many inputs a test tries: `MATINEE_FUZZ_ROUNDS`, or 2,000.
    package static let rounds = max(0, setting("MATINEE_FUZZ_ROUNDS") ?? 2_000)

    /// What the inputs are made from: `MATINEE_FUZZ_SEED`, or 1.
    package static let seed: UInt64 = setting("MATINEE_FUZZ_SEED") ?? 1

    /// How long a test may take, generously, in minutes.
    package static let minutes = 5 + rounds / 5_000

    /// An input that takes longer than that hangs.
    package static let longest = Duration.seconds(2)

    package var random: SeededGenerator

    package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static func setting<Number: FixedWidthInteger>(_ name: String) -> Number? {
        ProcessInfo.processInfo.environment[name].flatMap { Number($0) }
    }

    /// Tries ``rounds`` inputs, each with random numbers of its own, so that one round can be repeated alone.
    ///
    /// - Parameters:
    ///   - share: only one round of so many, for what takes long.
    ///   - isTimed: whether an input that takes too long is a failure; not for a body that changes threads, on which
    ///     other tests run meanwhile.
    ///   - body: tries one input; returns what is wrong, or `nil`.
    /// - Returns: the rounds in which something was wrong or that took too long, at most ten, with what it was.
    package static func failures(
        oneIn share: Int = 1,
        isTimed: Bool = true,
        _ body: (inout Fuzzer) async throws -> String?
    ) async -> [String] {
        var failures: [String] = []
        for round in 0..<rounds / share where failures.count < 10 {
            let own = seed &+ UInt64(round) &* 0x9e37_79b9
            var fuzzer = Fuzzer(seed: own), wrong: String?
            // Other tests share the threads.
            await Task.yield()
            let start = threadTime()
            do { wrong = try await body(&fuzzer) } catch { wrong = "\(error)" }
            let time = threadTime() - start
            if wrong == nil, isTimed, time > longest { wrong = "it took \(time)" }
            if let wrong {
                failures.append("Round \(round) of seed \(seed), the first of seed \(own): \(wrong)")
            }
        }
        return failures
    }

    /// The time that the processor has spent on this thread; unlike a clock it does not count what others do meanwhile.
    package static func threadTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// A number of the range, small ones far more often than large ones.
    package mutating func number(upTo limit: Int) -> Int {
        Int.random(in: 0...Int.random(in: 0...max(0, limit), using: &random), using: &random)
    }

    /// One of the values, which must not be none.
    package mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    /// True in one case of so many.
    package mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    /// At most so many bytes of any value.
    package mutating func bytes(upTo limit: Int) -> [UInt8] {
        (0..<number(upTo: limit)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// Text of at most so many characters (Unicode scalars) of all scripts, marks, controls and emoji among them.
    package mutating func text(upTo limit: Int) -> String {
        var text = String.UnicodeScalarView()
        while text.count < limit, !oneIn(limit) {
            let block = one(of: Self.blocks)
            for _ in 0...number(upTo: 8) {
                Unicode.Scalar(UInt32.random(in: block, using: &random)).map { text.append($0) }
            }
        }
        return String(String.UnicodeScalarView(text.prefix(limit)))
    }

    private static let blocks: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0x20...0x7E, 0x61...0x7A, 0x00...0x1F, 0x7F...0x9F,  // ASCII and controls
        0xA0...0x24F, 0x300...0x36F, 0x370...0x52F, 0x590...0x6FF, 0x900...0xDFF,  // letters, marks
        0x2000...0x206F, 0x2E80...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x2A6DF,  // CJK
        0xE000...0xF8FF, 0xFDD0...0xFE0F, 0xFFF0...0xFFFF,  // private, not characters, specials
        0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF, 0xE0000...0xE01EF, 0x10FFF0...0x10FFFF,  // flags, emoji, tags
    ]
}

extension Fuzzer {
    /// The bytes with one to four changes: flipped, cut, repeated, moved, or with odd bytes, numbers and text put in.
    package mutating func spoilt(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var bytes = Array(bytes)
        for _ in 0...number(upTo: 3) { spoil(&bytes) }
        return bytes
    }

    /// The text with such changes; what is no longer UTF-8 becomes U+FFFD.
    package mutating func spoilt(_ text: String) -> String {
        String(decoding: spoilt(text.utf8), as: UTF8.self)
    }

    private mutating func spoil(_ bytes: inout [UInt8]) {
        let span = span(in: bytes)
        switch Int.random(in: 0...8, using: &random) {
        case 0: for i in span.prefix(8) { bytes[i] ^= 1 << UInt8.random(in: 0...7, using: &random) }
        case 1: bytes.removeSubrange(span)
        case 2: bytes.removeLast(bytes.count - span.lowerBound)
        case 3:
            bytes.insert(contentsOf: Array(repeating: bytes[span], count: 3).joined(), at: span.lowerBound)
        case 4: bytes.insert(contentsOf: bytes[span], at: self.span(in: bytes).lowerBound)
        case 5: bytes.replaceSubrange(span, with: one(of: Self.odd))
        case 6: replaceNumber(in: &bytes)
        case 7: bytes.insert(contentsOf: Array(text(upTo: 20).utf8), at: span.lowerBound)
        default: bytes.replaceSubrange(span, with: self.bytes(upTo: 12))
        }
    }

    private mutating func span(in bytes: [UInt8]) -> Range<Int> {
        let start = Int.random(in: 0...bytes.count, using: &random)
        return start..<start + number(upTo: min(bytes.count - start, 40))
    }

    /// Puts another number in the place of a number written in digits, or anywhere where there is none.
    private mutating func replaceNumber(in bytes: inout [UInt8]) {
        let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
        guard !digits.isEmpty else { return bytes.append(contentsOf: one(of: Self.numbers).utf8) }
        let start = one(of: digits)
        let end = bytes[start...].firstIndex { !(48...57).contains($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: one(of: Self.numbers).utf8)
    }

    /// Numbers at which arithmetic goes wrong.
    package static let numbers = [
        "0", "-0", "-1", "1", "4", "255", "65536", "2147483648", "4294967296", "4611686018427387904",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616", "1e3",
        "1e400", "-1e400", "1e-400", "0.5", "1.0", "NaN", "Infinity", "1e18", "00", "0x10", "٣",
    ]

    /// Bytes at which readers go wrong: no UTF-8, surrogates, a byte order mark, quotation marks, deep brackets.
    private static let odd: [[UInt8]] = [
        [0], [10], [13, 10], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
        [0xF4, 0x90, 0x80, 0x80],
        [34], [92], [92, 117, 100, 56, 48, 48], Array("null".utf8), Array("[]".utf8), Array("{}".utf8),
        Array("\"\"".utf8), Array("true".utf8), Array(repeating: 91, count: 2_000),
        Array(String(repeating: "{\"a\":", count: 600).utf8), Array("e\u{301}\u{301}\u{200D}".utf8),
        Array("\u{1B}[31m".utf8), Array("\u{202E}".utf8), Array(repeating: 255, count: 16),
    ]
}
