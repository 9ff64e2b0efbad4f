import ArgumentParser

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train the models that rank films.",
        subcommands: [TrainFusionCommand.self, TrainPreferenceCommand.self]
    )
}
