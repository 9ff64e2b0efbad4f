import Foundation
import MatineeTesting
import Synchronization
import Testing

/// The built program, run as a user runs it, with data and configuration of its own.
struct Program {
    struct Outcome {
        var code: Int32
        var output: String
        var errors: String
    }

    let folder: TemporaryFolder
    private var settings: [String: String] = [:]
    var data: URL { folder.url.appending(path: "data") }
    var catalog: URL { folder.url.appending(path: "catalog.jsonl") }
    var artifacts: URL { folder.url.appending(path: "artifacts") }

    init() throws { folder = try TemporaryFolder() }

    /// The program with a tiny model and catalogue, which starts and answers in milliseconds.
    static func tiny() throws -> Program {
        var program = try Program()
        try Data(TinyCatalog.rows.utf8).write(to: program.catalog)
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        program.settings = [
            "MATINEE_MODEL": tests.appending(path: "MatineeComputeTests/Fixtures/tiny-bge").path,
            "MATINEE_CATALOG": program.catalog.path, "MATINEE_ARTIFACTS": program.artifacts.path,
        ]
        _ = try program.run(["build"])
        return program
    }

    /// The program lies beside the test bundle; `make test` builds it first.
    static func url() throws -> URL {
        let places = [
            Bundle.main.executableURL?.deletingLastPathComponent(),
            Bundle.main.bundleURL.deletingLastPathComponent(),
        ]
        let found = places.compactMap { $0?.appending(path: "matinee") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return try #require(found, "The program is not built: run `make test`.")
    }

    private func environment(_ extra: [String: String]) -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["MATINEE_DATA"] = data.path
        environment["XDG_CONFIG_HOME"] = folder.url.path
        environment["NO_COLOR"] = "1"
        return environment.merging(settings) { $1 }.merging(extra) { $1 }
    }

    func process(_ arguments: [String], _ extra: [String: String] = [:]) throws -> Process {
        let process = Process()
        process.executableURL = try Self.url()
        process.arguments = arguments
        process.environment = environment(extra)
        process.currentDirectoryURL = folder.url
        return process
    }

    /// Runs the program to its end.
    /// - Parameter seconds: when it is killed where it has not ended; `nil` waits for ever.
    func run(
        _ arguments: [String],
        input: Data = Data(),
        environment extra: [String: String] = [:],
        within seconds: Int? = nil
    ) throws -> Outcome {
        let process = try process(arguments, extra)
        if let seconds {
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = try ["timeout", "-s", "KILL", "\(seconds)", Self.url().path] + arguments
        }
        return try outcome(of: process, input)
    }

    /// Runs a shell script in which `$MATINEE` is the program and `$DATA` and `$ARTIFACTS` are its folders.
    ///
    /// `freeze FOLDER` makes a folder read-only and `thaw FOLDER` undoes it.
    /// - Parameter mounting: whether the script may mount, in a namespace of its own; see ``mayMount``.
    func script(_ text: String, mounting: Bool = false) throws -> Outcome {
        let process = try process(
            [],
            ["MATINEE": Self.url().path, "DATA": data.path, "ARTIFACTS": artifacts.path]
        )
        let freezing = """
            freeze() {
                if [ "$(id -u)" != 0 ]; then chmod a-w "$1"
                else mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
                fi
            }
            thaw() { if [ "$(id -u)" != 0 ]; then chmod u+w "$1"; else umount "$1"; fi; }

            """
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = (mounting ? ["unshare", "-rm"] : []) + ["sh", "-c", freezing + text]
        return try outcome(of: process, Data())
    }

    /// Whether this system lets a process have mounts of its own; some containers do not.
    static let mayMount: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/tmp"]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private func outcome(of process: Process, _ input: Data) throws -> Outcome {
        let files = try ["in", "out", "err"].map { name in
            let url = folder.url.appending(path: name)
            try (name == "in" ? input : Data()).write(to: url)
            return try name == "in" ? FileHandle(forReadingFrom: url) : FileHandle(forWritingTo: url)
        }
        (process.standardInput, process.standardOutput, process.standardError) = (
            files[0], files[1], files[2]
        )
        try process.run()
        process.waitUntilExit()
        func text(_ name: String) throws -> String {
            try String(decoding: Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
        }
        return try Outcome(code: process.terminationStatus, output: text("out"), errors: text("err"))
    }

    /// Runs the program and reads the JSON that it prints.
    func json(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try run(arguments)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }
}
