import Foundation
import Matinee
import Synchronization

/// Counts what the server does, for Prometheus.
final class Metrics: Sendable {
    enum Event: String, CaseIterable {
        case limited = "matinee_rate_limited_total"
        case cancelled = "matinee_turns_cancelled_total"
        case failed = "matinee_turns_failed_total"

        var help: String {
            switch self {
            case .limited: "Requests refused because they came too fast."
            case .cancelled: "Turns that were stopped because the client left."
            case .failed: "Turns that failed here."
            }
        }
    }

    private struct Answered: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private struct State {
        var answered: [Answered: Int] = [:]
        var requests = Histogram()
        var turns = Histogram()
        var fallbacks: [String: Int] = [:]
        var events: [Event: Int] = [:]
        var streams = 0
    }

    private let state = Mutex(State())

    func answered(_ method: String, _ route: String, _ status: Int, seconds: Double) {
        state.withLock { state in
            state.answered[Answered(method: method, route: route, status: status), default: 0] += 1
            state.requests.add(seconds)
        }
    }

    func turn(seconds: Double) { state.withLock { $0.turns.add(seconds) } }

    func fallback(_ fallback: Fallback) {
        state.withLock { $0.fallbacks[fallback.kind.rawValue, default: 0] += 1 }
    }

    func count(_ event: Event) { state.withLock { $0.events[event, default: 0] += 1 } }

    func streamOpened() { state.withLock { $0.streams += 1 } }
    func streamClosed() { state.withLock { $0.streams -= 1 } }

    /// All figures in Prometheus' text format, version 0.0.4.
    func text(waiting: Int, sittings: Int, isReady: Bool) -> String {
        let state = state.withLock { $0 }
        var page = PrometheusText()
        page.add(
            "matinee_requests_total",
            "counter",
            "Requests answered, by route.",
            state.answered.map {
                ("method=\"\($0.method)\",route=\"\($0.route)\",status=\"\($0.status)\"", "\($1)")
            }
        )
        page.add("matinee_request_seconds", "Seconds from a request to its answer's head.", state.requests)
        page.add("matinee_turn_seconds", "Seconds from a message to the end of its turn.", state.turns)
        page.add(
            "matinee_fallbacks_total",
            "counter",
            "Trouble that turns survived.",
            state.fallbacks.map {
                ("kind=\"\($0)\"", "\($1)")
            }
        )
        for event in Event.allCases {
            page.add(event.rawValue, "counter", event.help, [("", "\(state.events[event, default: 0])")])
        }
        page.add("matinee_streams", "gauge", "Streams that are open.", [("", "\(state.streams)")])
        page.add("matinee_turns_waiting", "gauge", "Turns that wait in line.", [("", "\(waiting)")])
        page.add("matinee_conversations", "gauge", "Conversations kept in memory.", [("", "\(sittings)")])
        page.add("matinee_ready", "gauge", "Whether films can be recommended.", [("", isReady ? "1" : "0")])
        if let bytes = Self.residentBytes {
            page.add("process_resident_memory_bytes", "gauge", "Resident memory.", [("", "\(bytes)")])
        }
        return page.text
    }

    private static var residentBytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * Int(NSPageSize()) }
    }
}

/// Counts of values up to some bounds.
struct Histogram: Sendable {
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private(set) var counts = [Int](repeating: 0, count: bounds.count)
    private(set) var count = 0
    private(set) var sum = 0.0

    mutating func add(_ value: Double) {
        for (i, bound) in Self.bounds.enumerated() where value <= bound { counts[i] += 1 }
        count += 1
        sum += value
    }
}

private struct PrometheusText {
    private(set) var text = ""

    mutating func add(
        _ name: String,
        _ type: String,
        _ help: String,
        _ values: [(labels: String, value: String)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for (labels, value) in values.sorted(by: { $0.labels < $1.labels }) {
            text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
        }
    }

    mutating func add(_ name: String, _ help: String, _ histogram: Histogram) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
        for (bound, count) in zip(Histogram.bounds, histogram.counts) {
            text += "\(name)_bucket{le=\"\(bound)\"} \(count)\n"
        }
        text += "\(name)_bucket{le=\"+Inf\"} \(histogram.count)\n"
        text += "\(name)_sum \(histogram.sum)\n\(name)_count \(histogram.count)\n"
    }
}
