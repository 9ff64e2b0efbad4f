import ArgumentParser
import Foundation
import Matinee
import MatineeServer

#if os(Linux)
    import CMalloc
#endif

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the web page, the HTTP API and the doors for assistants.",
        discussion: "It ends at Ctrl-C, once the messages that are being answered are done."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions
    @OptionGroup var listening: ListeningOptions

    @Option(help: "Whose taste is used where no token says it (me). [MATINEE_USER]")
    var user: String?

    func run() async throws {
        limitArenas()
        let assembly = try await Assembly(common)
        let settings = try listening.settings(assembly.settings, user: user)
        let (tuned, limit) = try assembly.settings.tuning(tuning)
        let store = try assembly.store(), tokens = try Tokens(folder: assembly.dataFolder)
        try await MatineeServer(settings: settings, tokens: tokens).run(
            onListening: { port in announce(settings, port, tokens) },
            load: { report in try await assembly.engine(store, tuned, limit, report) }
        )
    }

    /// Lets the allocator of glibc keep one heap for two cores instead of sixteen: what is freed in one cannot be used in
    /// another, and the memory of a server that runs for long grows by as much.
    private func limitArenas() {
        #if os(Linux)
            _ = mallopt(M_ARENA_MAX, Int32(max(1, ProcessInfo.processInfo.activeProcessorCount / 2)))
        #endif
    }

    private func announce(_ settings: ServerSettings, _ port: Int, _ tokens: Tokens) {
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let page = "http://\(host):\(port)/"
        output("Matinee is at \(page)")
        guard settings.requiresToken, settings.ownerToken == nil else { return }
        if tokens.isFirstShowing() {
            let token = tokens.token(for: settings.user, owner: true)
            note("Your token, shown this once: \(token)\nTo sign in, open \(page)#token=\(token)")
        } else {
            note(
                "A token is needed. `matinee token` prints yours again, `matinee token NAME` one for somebody else."
            )
        }
    }
}

/// Where the server listens, and whom it lets in.
struct ListeningOptions: ParsableArguments {
    @Option(
        help:
            "The address to listen on (127.0.0.1); on any that others can reach, tokens are needed. [MATINEE_HOST]"
    )
    var host: String?

    @Option(help: "The port (8080); 0 takes a free one. [MATINEE_PORT]")
    var port: Int?

    @Flag(help: "Let nobody in without a token. [MATINEE_REQUIRE_TOKEN]")
    var requireToken = false

    @Option(
        help:
            "The owner's token, 16 characters or more; by default one is made and shown once. [MATINEE_TOKEN]"
    )
    var token: String?

    @Option(help: "Names under which the server is reached, with commas between. [MATINEE_ALLOW_HOST]")
    var allowHost: String?

    @Option(help: "Messages a second from one user or address, 0.01 to 10000 (30). [MATINEE_TURN_RATE]")
    var turnRate: Double?

    @Option(help: "How many messages are answered at once, 1 to 1000 (16). [MATINEE_TURNS]")
    var turns: Int?

    func settings(_ reader: SettingsReader, user: String?) throws -> ServerSettings {
        let token = reader.text(token, .token)
        guard token == nil || token?.utf8.count ?? 0 >= 16 else {
            throw UsageError("The token must have 16 characters or more: others must not guess it.")
        }
        let names = (reader.text(allowHost, .allowHost) ?? "").split(separator: ",")
        return try ServerSettings(
            host: reader.text(host, .host) ?? "127.0.0.1",
            port: Int(reader.number(port.map(Double.init), .port, in: 0...65_535, default: 8_080)),
            requiresToken: reader.isOn(requireToken, .requireToken),
            ownerToken: token,
            names: names.map { $0.trimmingCharacters(in: .whitespaces) },
            user: userName(reader.text(user, .user) ?? "me"),
            turnRate: reader.number(turnRate, .turnRate, in: 0.01...10_000, default: 30),
            turns: Int(reader.number(turns.map(Double.init), .turns, in: 1...1_000, default: 16))
        )
    }
}

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Print a token with which a user signs in to the server.",
        discussion:
            "Who has it can read and change what is known of that user. Deleting server.key in the data folder makes all tokens invalid."
    )

    @Argument(help: "The user's name; without one, the token is the owner's.")
    var name: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly(common)
        let tokens = try Tokens(folder: assembly.dataFolder)
        let owner = assembly.settings.text(nil, .user) ?? "me"
        try output(tokens.token(for: userName(name ?? owner), owner: name == nil))
    }
}
