public import Foundation
import Matinee

/// What language models used up today, in a file that all processes share; the day is that of UTC.
public struct SpendingLedger: Sendable {
    /// One day's sums.
    public struct Day: Sendable, Equatable, Codable {
        /// `2026-11-26`
        public var day: String
        public var requests = 0
        public var tokens = 0
        /// US dollars, as far as prices are known.
        public var cost = 0.0
    }

    /// Why the sums cannot be kept.
    public struct Unusable: Error, CustomStringConvertible {
        var file: URL
        var why: String

        public var description: String {
            "what was spent today cannot be kept in \(file.path) (\(why))"
        }
    }

    private let file: URL
    private let now: @Sendable () -> Date

    /// - Parameter folder: made where it is missing, for its owner alone.
    public init(folder: URL) { self.init(folder: folder, now: { Date() }) }

    package init(folder: URL, now: @escaping @Sendable () -> Date) {
        file = folder.appending(path: "llm-spending.json")
        self.now = now
    }

    /// What was used up today.
    /// - Throws: ``Unusable``.
    public func today() throws -> Day { try change { _ in } }

    /// Changes today's sums while no other process does; a change that throws changes nothing.
    @discardableResult
    func change(_ body: (inout Day) throws -> Void) throws -> Day {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            return try whileLocked(file.path + ".lock", wait: 2) {
                let before = try read()
                var day = before
                try body(&day)
                if day != before { try JSONEncoder().encode(day).write(to: file, options: .atomic) }
                return day
            }
        } catch let error as LanguageModelError { throw error } catch let error as Unusable {
            throw error
        } catch {
            throw Unusable(file: file, why: reason(error))
        }
    }

    private func read() throws -> Day {
        let today = Day(day: now().formatted(.iso8601.year().month().day()))
        guard FileManager.default.fileExists(atPath: file.path) else { return today }
        guard let kept = try? JSONDecoder().decode(Day.self, from: Data(contentsOf: file)) else {
            throw Unusable(file: file, why: "it is damaged: remove it")
        }
        return kept.day == today.day ? kept : today
    }
}
