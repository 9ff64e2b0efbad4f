import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs a piece of work while no other process runs one under the same lock file.
///
/// The operating system frees the lock when the process ends, however it ends.
/// - Parameter wait: for how long another process may hold the lock, in seconds; one that was stopped holds it for good.
/// - Throws: `POSIXError`; `EWOULDBLOCK` once the wait is over.
package func whileLocked<Result>(_ path: String, wait: Double, _ body: () throws -> Result) throws -> Result {
    let file = try opened(path), end = ContinuousClock.now + .seconds(wait)
    defer { close(file) }
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
        let code = errno
        guard code == EINTR || code == EWOULDBLOCK && ContinuousClock.now < end else { throw failure(code) }
        usleep(10_000)
    }
    return try body()
}

/// Opens a file for writing, readable by this user alone where it is made here.
package func opened(_ path: String) throws -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if file < 0 { throw failure(errno) }
    return file
}

private func failure(_ code: Int32) -> POSIXError { POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
