import Foundation
import NIOHTTP1

/// What a server's headers say of when the next request may come.
package struct RateLimits {
    let headers: HTTPHeaders

    /// For how long a client waits at the most because a server asks for it, as openai-python does.
    static let longestWait = Duration.seconds(60)

    /// Whether the same request may be made again; the server's own word wins over the status.
    func shouldRetry(_ status: Int) -> Bool {
        switch headers.first(name: "x-should-retry") {
        case "true": true
        case "false": false
        default: [408, 409, 429].contains(status) || status >= 500
        }
    }

    /// How long the server asks to wait before the same request is made again; `nil` where it does not say, or asks for more
    /// than a minute.
    func retryDelay(now: Date = Date()) -> Duration? {
        let asked = milliseconds ?? seconds ?? date.map { .seconds($0.timeIntervalSince(now)) }
        return asked.flatMap { $0 > .zero && $0 <= Self.longestWait ? $0 : nil }
    }

    private var milliseconds: Duration? {
        headers.first(name: "retry-after-ms").flatMap(Double.init).flatMap(Self.duration(milliseconds:))
    }

    private var seconds: Duration? {
        headers.first(name: "retry-after").flatMap(Double.init).flatMap {
            Self.duration(milliseconds: $0 * 1_000)
        }
    }

    /// RFC 9110, 10.2.3.
    private var date: Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return headers.first(name: "retry-after").flatMap(format.date(from:))
    }

    /// How long until requests are allowed again, where none is left.
    var rest: Duration? {
        let waits = ["requests", "tokens"].compactMap { kind -> Duration? in
            guard headers.first(name: "x-ratelimit-remaining-\(kind)").flatMap({ Int($0) }) == 0 else {
                return nil
            }
            return headers.first(name: "x-ratelimit-reset-\(kind)").flatMap(Self.reset)
        }
        return waits.max().map { min($0, Self.longestWait) }
    }

    /// A time like `6m0s`, `1h2m3.5s`, `120ms` or `7` (seconds).
    package static func reset(_ text: String) -> Duration? {
        if let seconds = Double(text) { return duration(milliseconds: seconds * 1_000) }
        let units = ["h": 3_600_000.0, "m": 60_000, "s": 1_000, "ms": 1]
        guard text.wholeMatch(of: /(\d+(\.\d+)?(h|ms|m|s))+/) != nil else { return nil }
        let parts = text.matches(of: /(\d+(?:\.\d+)?)(h|ms|m|s)/)
        return duration(
            milliseconds: parts.reduce(0) {
                $0 + (Double($1.output.1) ?? 0) * (units[String($1.output.2)] ?? 0)
            }
        )
    }

    private static func duration(milliseconds: Double) -> Duration? {
        milliseconds.isFinite && (0...1e12).contains(milliseconds) ? .milliseconds(milliseconds) : nil
    }
}
