import ArgumentParser
import Foundation
import Matinee
import MatineeNetwork

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `matinee llm`.
struct LlmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "llm",
        abstract: "The language model: switch on or off, see what it can do.",
        subcommands: [LlmUseCommand.self, LlmCheckCommand.self]
    )
}

/// `matinee llm use`.
struct LlmUseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use",
        abstract: "Switch a language model on from now on, or off with none.",
        discussion: "Says what is sent where, and asks before it changes the configuration file."
    )
    @Argument(help: "none, openai, or a server's address such as http://localhost:11434/v1.")
    var choice: String

    @Flag(help: "Do not ask.") var yes = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly(common)
        let file = ConfigurationFile(url: Folders.configurationFile)
        guard let server = try assembly.settings.languageModelServer(common.languageModel, choice: choice)
        else {
            try file.set(Setting.llm.rawValue, to: "none")
            return output("No language model takes part from now on; nothing is sent anywhere.")
        }
        let model = try await assembly.languageModel(at: server, named: common.languageModel.llmModel)
        output(terms(model, server))
        guard try isAgreed() else { return output("Nothing was changed.") }
        try file.set(Setting.llm.rawValue, to: choice == "openai" && server.isStandard ? choice : server.base)
        try file.set(Setting.llmModel.rawValue, to: model.name)
        output(
            "\(model.name) takes part from now on. `matinee llm check` tries it, `matinee llm use none` ends it."
        )
        if ProcessInfo.processInfo.environment["MATINEE_LLM"] != nil {
            note("MATINEE_LLM is set, and wins over this.")
        }
    }

    private func terms(_ model: OpenAIModel, _ server: OpenAIServer) -> String {
        let secrecy =
            server.isPrivate ? "" : " It is no https address: others on the way can read what is sent."
        return """
            With each message, \(printable(model.name)) at \(server.base) gets:
              your messages of the conversation,
              facts of the films that may fit: title, year, genres, people, overview, keywords, expected rating,
              what is known of your taste: films that you like, dislike or have seen.
            It gets no user name, no vectors and nothing of other users.\(secrecy)
            What it says is checked against the catalogue before it is shown. \
            \(server.hasKey ? "The key is sent to \(server.place) alone, and is not kept." : "No key is sent.")

            """
    }

    private func isAgreed() throws -> Bool {
        if yes { return true }
        guard isatty(STDIN_FILENO) == 1 else {
            throw UsageError("Nothing was changed: say --yes to agree.")
        }
        FileHandle.standardOutput.write(Data("Switch it on? [y/n] ".utf8))
        return ["y", "yes"].contains((readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased())
    }
}
