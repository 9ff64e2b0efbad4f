import ArgumentParser
import Foundation
import Matinee
import MatineeServer

struct McpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let assistants recommend films: the Model Context Protocol over standard input and output."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions

    @Option(help: "Whose taste to use and to remember (me). [MATINEE_USER]")
    var user: String?

    func run() async throws {
        let assembly = try await Assembly(common)
        let (settings, limit) = try assembly.settings.tuning(tuning)
        let user = try userName(assembly.settings.text(user, .user) ?? "me")
        let engine = try await assembly.engine(assembly.store(), settings, limit) { _ in }
        try await ModelContextStreams(user: user).run(engine, output: .standardOutput)
    }
}
