import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A bar on standard error with the time left; in a file or pipe, a line at every tenth.
final class ProgressBar: Sendable {
    private let title: String
    private let unit: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private let tenth = Mutex(-1)

    init(title: String, unit: String) {
        self.title = title
        self.unit = unit
    }

    func show(_ done: Int, of total: Int) {
        guard total > 0 else { return }
        if isTerminal {
            let full = 24 * done / total
            let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 24 - full)
            write(
                "\r\(title) \(bar) \(done)/\(total) \(unit)\(left(done, total))\u{1B}[K\(done == total ? "\n" : "")"
            )
        } else if tenth.withLock({ last in
            defer { last = 10 * done / total }
            return 10 * done / total > last
        }) {
            write("\(title): \(100 * done / total) % of \(total) \(unit)\(left(done, total))\n")
        }
    }

    private func left(_ done: Int, _ total: Int) -> String {
        guard done > 0, done < total else { return "" }
        let rate = Double(done) / ((ContinuousClock.now - start) / .seconds(1))
        return ", \(Int(rate)) a second, about \(Int((Double(total - done) / rate).rounded(.up))) s left"
    }

    private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
