import ArgumentParser
import Matinee

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk about what to watch."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions
    @OptionGroup var audience: AudienceOptions

    func run() async throws {
        let assembly = try await Assembly(common)
        let (settings, limit) = try assembly.settings.tuning(tuning)
        let store = try assembly.store()
        let recommender = try await assembly.recommender(store: store, settings: settings)
        let named = audience.users(assembly.settings), users = named.isEmpty ? ["me"] : named
        let known = try users.filter { try store.memory(of: $0, embedder: "").version > 0 }
        let rendering = Rendering(terminal: .standard)
        if assembly.settings.hasUnusedKey {
            note(
                "OPENAI_API_KEY is set, but nothing is sent to a language model unless you say so: `matinee llm use openai`."
            )
        }
        output(welcome(rendering.terminal, recommender, known))
        let editor = LineEditor(prompt: "> ")
        var session = ChatSession(
            recommender: recommender,
            store: store,
            users: users,
            limit: limit,
            rendering: rendering
        )
        while let line = editor.line() {
            guard let answer = await session.answer(line) else { break }
            output("\n" + answer + "\n")
        }
        output("Enjoy the film.")
    }

    private func welcome(_ terminal: Terminal, _ recommender: Recommender, _ known: [String]) -> String {
        let films = recommender.artifacts.catalog.count
        let model = recommender.languageModel.map { " · with \(printable($0))" } ?? ""
        let greeting = known.isEmpty ? "Hello." : "Welcome back, \(list(known.map(printable)))."
        return terminal.accent("Matinee") + terminal.dim(" · \(films) films\(model)") + "\n\n"
            + terminal.wrapped(
                "\(greeting) What do you feel like watching? Say it in your own words, for example “a slow, "
                    + "atmospheric science fiction film” or “like Amélie but darker”. /help lists commands, Ctrl-D leaves."
            )
            + "\n"
    }
}
