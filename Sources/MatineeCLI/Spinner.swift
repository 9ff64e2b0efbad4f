import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Does a piece of work and shows that it goes on, once the wait is long enough to be noticed.
func spinning<Result: Sendable>(_ title: String, _ work: @Sendable () async throws -> Result) async rethrows
    -> Result
{
    try await spinning(title) { _ in try await work() }
}

/// The same for work that shows something itself, and ends the spinner before that.
func spinning<Result: Sendable>(
    _ title: String,
    _ work: @Sendable (_ end: @escaping @Sendable () async -> Void) async throws -> Result
) async rethrows -> Result {
    guard isatty(STDERR_FILENO) == 1 else { return try await work {} }
    let spinner = Task {
        try await Task.sleep(for: .milliseconds(400))
        for frame in 0... {
            try? FileHandle.standardError.write(
                contentsOf: Data("\r\(["◐", "◓", "◑", "◒"][frame % 4]) \(title)\u{1B}[K".utf8)
            )
            do { try await Task.sleep(for: .milliseconds(120)) } catch { break }
        }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
    }
    do {
        let result = try await work {
            spinner.cancel()
            _ = await spinner.result
        }
        spinner.cancel()
        _ = await spinner.result
        return result
    } catch {
        spinner.cancel()
        _ = await spinner.result
        throw error
    }
}
