import Foundation
import Synchronization

/// A conversation with a running program, line by line.
final class Talk: Sendable {
    /// The program said nothing more, or not what was waited for.
    struct Silence: Error, CustomStringConvertible {
        var description: String
    }

    let process: Process
    private let input = Pipe(), output = Pipe(), errors = Pipe()
    private let text = Mutex("")

    /// What the program wrote to standard error; to be read once it has ended.
    var complaint: String { String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self) }

    /// Everything that was said so far.
    var shown: String { text.withLock { $0 } }

    init(_ program: Program, _ arguments: [String] = ["chat", "--user", "ana"]) throws {
        process = try program.process(arguments)
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        output.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let more = String(decoding: handle.availableData, as: UTF8.self)
            self?.text.withLock { $0 += more }
        }
        try process.run()
    }

    /// Says lines without waiting for the answers.
    func say(_ lines: String...) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Says a line and waits for its answer: five films, or another mark.
    func ask(_ line: String, until mark: String = "\n5. ") async throws {
        let before = count(mark), end = ContinuousClock.now + .seconds(60)
        try say(line)
        while count(mark) <= before {
            guard ContinuousClock.now < end, process.isRunning else { throw Silence(description: shown) }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private func count(_ mark: String) -> Int { shown.components(separatedBy: mark).count - 1 }

    /// Ends the conversation, by a signal or as a user leaves it, and gives the time that took.
    @discardableResult
    func end(_ signal: Int32? = nil) throws -> Duration {
        let start = ContinuousClock.now
        if let signal {
            kill(process.processIdentifier, signal)
        } else {
            try input.fileHandleForWriting.close()
        }
        process.waitUntilExit()
        output.fileHandleForReading.readabilityHandler = nil
        return ContinuousClock.now - start
    }
}
