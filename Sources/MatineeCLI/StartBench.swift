import Foundation
import Matinee
import MatineeLab

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Measures processes of this program that answer one wish each and end.
struct StartBench {
    let options: CommonOptions

    init(_ options: CommonOptions) { self.options = options }

    /// - Returns: the median time from start to end in milliseconds, and the largest resident memory in MB.
    func run(runs: Int = 7) async throws -> (milliseconds: Double, megabytes: Double) {
        try start()  // makes the artifacts where there are none
        var times = Measurement()
        for _ in 0..<runs { try await times.run { try start() } }
        return (times.p50, largestChild())
    }

    private func start() throws {
        let process = Process()
        process.executableURL = Bundle.main.executableURL
        process.arguments = ["recommend", EmbedBench.message, "--user", ""] + arguments  // nobody's memory
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw UsageError("`matinee recommend` fails: try it alone to see why.")
        }
    }

    private var arguments: [String] {
        let given = [
            ("--artifacts", options.artifacts), ("--catalog", options.catalog), ("--model", options.model),
            ("--index", options.index),
        ]
        return given.flatMap { name, value in value.map { [name, $0] } ?? [] }
    }

    /// The resident memory of the largest process that was waited for, in MB of a million bytes.
    private func largestChild() -> Double {
        var usage = rusage()
        #if os(Linux)
            getrusage(RUSAGE_CHILDREN.rawValue, &usage)
            let bytes = Double(usage.ru_maxrss) * 1024
        #else
            getrusage(RUSAGE_CHILDREN, &usage)
            let bytes = Double(usage.ru_maxrss)
        #endif
        return (bytes / 100_000).rounded() / 10
    }
}
