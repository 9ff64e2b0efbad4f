import ArgumentParser

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure how well messages are understood and films recommended.",
        subcommands: [
            EvalAlignmentCommand.self, EvalSamplesCommand.self, EvalConversationsCommand.self,
            EvalLinkingCommand.self, EvalRatingsCommand.self, EvalReportCommand.self, EvalRunCommand.self,
            EvalSimulateCommand.self, EvalCalibrationCommand.self, EvalJudgeCommand.self,
        ]
    )
}
