import ArgumentParser
import Matinee

struct RecommendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "recommend", abstract: "Answer one wish.")

    @Argument(help: "What you feel like watching.")
    var text: [String]

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions
    @OptionGroup var audience: AudienceOptions

    @Option(name: .customLong("like"), help: "A film you like, with or without its year; may be repeated.")
    var likes: [String] = []

    @Flag(help: "Print the whole turn as JSON.")
    var json = false

    func run() async throws {
        let assembly = try await Assembly(common)
        let (settings, limit) = try assembly.settings.tuning(tuning)
        let users = audience.users(assembly.settings)
        let recommender = try await assembly.recommender(
            store: users.isEmpty ? nil : assembly.store(),
            settings: settings
        )
        let liked = try likes.map { title in
            guard let movie = recommender.interpreter.movie(titled: title) else {
                throw UsageError(
                    "No film is called “\(printable(title))”: `matinee catalog search` looks for titles."
                )
            }
            return movie
        }
        let turn = try await spinning("thinking") {
            try await recommender.turn(
                text.joined(separator: " "),
                user: users.first,
                with: Array(users.dropFirst()),
                liked: liked,
                limit: limit
            )
        }
        if json { try output(JSON.pretty(turn)) } else { output(Rendering(terminal: .standard).turn(turn)) }
    }
}
