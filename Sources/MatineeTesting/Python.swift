package import Foundation

/// The Python that examples are tried with: the one that `MATINEE_PYTHON` names, or `python3`.
package enum Python {
    private static let interpreter = ProcessInfo.processInfo.environment["MATINEE_PYTHON"] ?? "python3"

    /// Whether it has all of the modules.
    package static func has(_ modules: String...) -> Bool {
        (try? run(["-c", "import " + modules.joined(separator: ", ")])) != nil
    }

    /// The path of a program under `Examples/python`.
    package static func example(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Examples/python/\(name)")
            .standardized.path
    }

    /// What a Python program writes to standard output; an error unless it ends well.
    package static func run(_ arguments: [String]) throws -> Data {
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [interpreter] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableRuntimeMismatch) }
        return data
    }
}
