import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A bar on standard error with the time left; in a file or pipe, a line at every tenth.
final class ProgressBar: Sendable {
    private struct State {
        var tenth = -1
        /// When the bar was first shown, and how much was done then, by earlier runs.
        var start: (time: ContinuousClock.Instant, done: Int)?
        var drawn: ContinuousClock.Instant?
        var isOpen = false
    }

    private let title: String
    private let unit: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    init(title: String, unit: String) {
        self.title = title
        self.unit = unit
    }

    func show(_ done: Int, of total: Int) {
        let rate = rate(done).map { ", \(Int($0.rounded())) a second" } ?? ""
        show(done, of: total, "\(done)/\(total) \(unit)\(rate)", "\(total) \(unit)\(rate)")
    }

    /// Shows how many of how many bytes are done, with the rate.
    func show(bytes done: Int64, of total: Int64) {
        let scale: Int64 = total < 10_000_000 ? 1_000 : 1_000_000, unit = scale == 1_000 ? "kB" : "MB"
        let rate = rate(Int(done)).map {
            ", \((Double($0) / 1e6).formatted(.number.precision(.fractionLength(1)))) MB/s"
        }
        show(
            Int(done),
            of: Int(total),
            "\(done / scale)/\(total / scale) \(unit)\(rate ?? "")",
            "\(total / scale) \(unit)"
        )
    }

    /// Leaves the line of a bar that has not come to its end, before something else is printed.
    func end() {
        let wasOpen = state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        if wasOpen { write("\n") }
    }

    private func show(_ done: Int, of total: Int, _ text: String, _ whole: String) {
        guard total > 0, isDue(done, total) else { return }
        if isTerminal {
            let full = 24 * done / total
            let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 24 - full)
            write("\r\(title) \(bar) \(text)\(left(done, total))\u{1B}[K\(done == total ? "\n" : "")")
        } else {
            write("\(title): \(100 * done / total) % of \(whole)\(left(done, total))\n")
        }
    }

    /// In a terminal ten times a second and at the end, elsewhere at every tenth.
    private func isDue(_ done: Int, _ total: Int) -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            if state.start == nil { state.start = (now, done) }
            state.isOpen = isTerminal && done < total
            if isTerminal {
                if done < total, let drawn = state.drawn, now - drawn < .milliseconds(100) { return false }
                state.drawn = now
                return true
            }
            defer { state.tenth = 10 * done / total }
            return 10 * done / total > state.tenth
        }
    }

    /// How much is done a second, or `nil` in the first instants.
    private func rate(_ done: Int) -> Double? {
        guard let start = state.withLock({ $0.start }), done > start.done else { return nil }
        let seconds = (ContinuousClock.now - start.time) / .seconds(1)
        return seconds > 0.2 ? Double(done - start.done) / seconds : nil
    }

    private func left(_ done: Int, _ total: Int) -> String {
        guard done < total, let rate = rate(done) else { return "" }
        return ", about \(Int((Double(total - done) / rate).rounded(.up))) s left"
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
