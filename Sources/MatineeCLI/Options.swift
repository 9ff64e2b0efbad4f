import ArgumentParser
import Foundation

/// The settings that every command understands; each can also come from the environment or the configuration file.
struct CommonOptions: ParsableArguments {
    @Option(help: "Folder of users and log. [MATINEE_DATA]")
    var data: String?

    @Option(help: "Folder of artifacts; by default one in the cache, made on first use. [MATINEE_ARTIFACTS]")
    var artifacts: String?

    @Option(help: "Catalogue file (JSON Lines); by default the starter catalogue. [MATINEE_CATALOG]")
    var catalog: String?

    @Option(help: "Embedding model: a name from `matinee models list` or a folder. [MATINEE_MODEL]")
    var model: String?

    @Option(
        help: "How films are searched: exact, or faiss: and a kind, such as faiss:HNSW32. [MATINEE_INDEX]"
    )
    var index: String?

    @Flag(help: "Keep the words of wishes in the log. [MATINEE_REMEMBER_WORDS]")
    var rememberWords = false

    @OptionGroup(title: "Language model") var languageModel: LanguageModelOptions
}

/// The numbers of taste and ranking.
struct TuningOptions: ParsableArguments {
    @Option(help: "How much of the long-term taste stays at each turn, 0 to 1 (0.8). [MATINEE_ALPHA]")
    var alpha: Double?

    @Option(help: "Weight of words against films liked, 0 to 1 (0.7). [MATINEE_TEXT_WEIGHT]")
    var textWeight: Double?

    @Option(help: "Weight of what is disliked, 0 to 2 (0.3). [MATINEE_DISLIKE_WEIGHT]")
    var dislikeWeight: Double?

    @Option(
        help: "Weight of this message against the long-term taste, 0 to 1 (0.7). [MATINEE_PRESENT_WEIGHT]"
    )
    var presentWeight: Double?

    @Option(
        help:
            "Weight of a telling wish and its themes beside the other signals, 0 to 5 (1). [MATINEE_WISH_WEIGHT]"
    )
    var wishWeight: Double?

    @Option(
        help: "How much less films count that people watch anyway, 0 to 1 (0.05). [MATINEE_POPULARITY_PULL]"
    )
    var popularityPull: Double?

    @Option(
        help:
            "Weight of what is known of a person from before, where the message leaves it open, 0 to 5 (1). [MATINEE_HISTORY_WEIGHT]"
    )
    var historyWeight: Double?

    @Option(
        help:
            "What counts for several people: mean, or least-misery, the one who likes a film least (mean). [MATINEE_TOGETHER]"
    )
    var together: String?

    @Option(help: "How much a pick loses that is like one before it, 0 to 1 (0.03). [MATINEE_VARIETY]")
    var variety: Double?

    @Option(help: "How many films are ranked, 1 to 1000 (20). [MATINEE_CANDIDATES]")
    var candidates: Int?

    @Option(help: "How many films are recommended, 1 to 100 (5). [MATINEE_LIMIT]")
    var limit: Int?
}

/// Whom films are for.
struct AudienceOptions: ParsableArguments {
    @Option(help: "Whose taste to use and to remember. [MATINEE_USER]")
    var user: String?

    @Option(name: .customLong("for"), help: "Several people who watch together, commas between their names.")
    var people: String?

    func validate() throws {
        if user != nil, people != nil { throw ValidationError("Give either --user or --for, not both.") }
        if people != nil, names.isEmpty {
            throw ValidationError("--for needs a name, or several with commas.")
        }
        guard names.count <= 8 else { throw ValidationError("--for takes up to 8 people.") }
    }

    private var names: [String] {
        var seen: Set<String> = []
        return (people ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// The names, each once; empty where nobody is set.
    func users(_ settings: SettingsReader) -> [String] {
        people == nil ? settings.text(user, .user).map { [$0] } ?? [] : names
    }
}
