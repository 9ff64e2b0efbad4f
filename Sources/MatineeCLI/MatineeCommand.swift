public import ArgumentParser
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The program `matinee`.
public struct MatineeCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "matinee",
        abstract: "Say what you feel like watching; get films that fit, and why.",
        version: "0.1.0",
        subcommands: [
            ChatCommand.self, RecommendCommand.self, CatalogCommand.self, BuildCommand.self,
            ModelsCommand.self, UsersCommand.self, LogCommand.self, BenchCommand.self, EvalCommand.self,
            TrainCommand.self, DatasetCommand.self, FinetuneCommand.self, LlmCommand.self, ServeCommand.self,
            TokenCommand.self, McpCommand.self,
        ],
        defaultSubcommand: ChatCommand.self
    )

    public init() {}

    /// Runs the program and ends the process: 0 done, 1 failed, 64 wrongly called.
    public static func start() async {
        keepStandardStreams()
        sayWhenMappedFilesShrink()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as UsageError {
            note("Error: \(error)")
            exit(withError: ExitCode(64))
        } catch {
            exit(withError: error)
        }
    }

    /// Reads a command line without running it.
    /// - Returns: the code and the text that the program would end with, or `nil` where it would run.
    package static func refusal(of arguments: [String]) -> (code: Int32, text: String)? {
        do { _ = try parseAsRoot(arguments) } catch {
            return (exitCode(for: error).rawValue, fullMessage(for: error))
        }
        return nil
    }

    /// Artifacts and models are mapped into memory, and reading beyond the end of a file that another program cuts
    /// short in place is a bus error. (Matinee's own builds put new files in the place of the old.)
    private static func sayWhenMappedFilesShrink() {
        signal(SIGBUS) { _ in
            let text: StaticString =
                "Error: A file of the artifacts or the model was cut short while in use. Run `matinee build`, or fetch the model again with `make model`. Every answer that was shown is kept.\n"
            _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
            _exit(1)
        }
    }

    /// Puts `/dev/null` in the place of standard streams that are closed, which the next file opened would take:
    /// what is printed would be written into it.
    private static func keepStandardStreams() {
        while true {
            let file = open("/dev/null", O_RDONLY)
            guard (0...STDERR_FILENO).contains(file) else {
                close(file)
                return
            }
        }
    }
}
