import ArgumentParser

struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure how well messages are understood and films recommended.",
        subcommands: [EvalLinkingCommand.self]
    )
}
