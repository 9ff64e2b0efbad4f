import ArgumentParser
import Matinee

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk about what to watch."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions

    @Option(help: "Whose taste to use and to remember (me). [MATINEE_USER]")
    var user: String?

    func run() async throws {
        let assembly = try await Assembly(common)
        let (settings, limit) = try assembly.settings.tuning(tuning)
        let store = try assembly.store()
        let recommender = try await assembly.recommender(store: store, settings: settings)
        let user = assembly.settings.text(user, .user) ?? "me"
        let known = try store.memory(of: user, embedder: "").version > 0
        let rendering = Rendering(terminal: .standard)
        if assembly.settings.hasUnusedKey {
            note(
                "OPENAI_API_KEY is set, but nothing is sent to a language model unless you say so: `matinee llm use openai`."
            )
        }
        output(welcome(rendering.terminal, recommender.artifacts.catalog.count, known ? user : nil))
        let editor = LineEditor(prompt: "> ")
        var session = ChatSession(
            recommender: recommender,
            store: store,
            user: user,
            limit: limit,
            rendering: rendering
        )
        while let line = editor.line() {
            guard let answer = await session.answer(line) else { break }
            output("\n" + answer + "\n")
        }
        output("Enjoy the film.")
    }

    private func welcome(_ terminal: Terminal, _ films: Int, _ known: String?) -> String {
        let greeting = known.map { "Welcome back, \(printable($0))." } ?? "Hello."
        return terminal.accent("Matinee") + terminal.dim(" · \(films) films") + "\n\n"
            + terminal.wrapped(
                "\(greeting) What do you feel like watching? Say it in your own words, for example “a slow, "
                    + "atmospheric science fiction film” or “like Amélie but darker”. /help lists commands, Ctrl-D leaves."
            )
            + "\n"
    }
}
