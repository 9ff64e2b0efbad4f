import Configuration
import Foundation
import Matinee
import SystemPackage

/// Everything that can be set. The name is the key in the configuration file; in capitals after `MATINEE_`, the
/// environment variable; with dashes, the flag.
enum Setting: String, CaseIterable {
    case data, artifacts, catalog, model, index, user, alpha, candidates, limit
    case rememberWords = "remember_words"
    case textWeight = "text_weight"
    case dislikeWeight = "dislike_weight"
    case presentWeight = "present_weight"
    case wishWeight = "wish_weight"
    case popularityPull = "popularity_pull"
    case historyWeight = "history_weight"
    case together, variety, host, port, turns, token
    case requireToken = "require_token"
    case allowHost = "allow_host"
    case turnRate = "turn_rate"
    case fetchBase = "fetch_base"
    case tmdbKey = "tmdb_key"
    case tmdbBase = "tmdb_base"
    case llm
    case llmModel = "llm_model"
    case llmKey = "llm_key"
    case llmOrganization = "llm_organization"
    case llmProject = "llm_project"
    case llmHeaders = "llm_headers"
    case llmTimeout = "llm_timeout"
    case llmPrice = "llm_price"
    case llmTurnTokens = "llm_turn_tokens"
    case llmDayTokens = "llm_day_tokens"
    case llmDayCost = "llm_day_cost"
    case interpreter, reranker, explainer, deadline
}

/// The names of all settings, for checking the documentation.
package let settingNames = Setting.allCases.map(\.rawValue)

/// Reads settings: flags first, then environment variables, then the configuration file.
struct SettingsReader {
    private let reader: ConfigReader
    /// The configuration file alone.
    private let file: ConfigReader?

    init() async throws {
        let file = Folders.configurationFile
        let environment = EnvironmentVariablesProvider().prefixKeys(with: "matinee")
        guard FileManager.default.fileExists(atPath: file.path) else {
            (reader, self.file) = (ConfigReader(provider: environment), nil)
            return
        }
        do {
            let json = try await FileProvider<JSONSnapshot>(filePath: FilePath(file.path))
            (reader, self.file) = (
                ConfigReader(providers: [environment, json]), ConfigReader(provider: json)
            )
        } catch {
            throw UsageError("The configuration file \(file.path) is not a JSON object: mend or remove it.")
        }
    }

    private func key(_ setting: Setting) -> ConfigKey { ConfigKey([setting.rawValue]) }

    /// The text that is set, or `nil` where it is not or is empty.
    func text(_ flag: String?, _ setting: Setting) -> String? {
        (flag ?? reader.string(forKey: key(setting))).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The text in the configuration file, whatever the environment says, or `nil`.
    func kept(_ setting: Setting) -> String? { file?.string(forKey: key(setting)) }

    /// The address that is set, without a slash at the end, or `nil`.
    /// - Throws: ``UsageError`` where it is not of HTTP.
    func address(_ flag: String?, _ setting: Setting) throws -> String? {
        guard let text = text(flag, setting) else { return nil }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw UsageError(
                "\(setting.rawValue) is “\(printable(text))”, but must be an address such as https://example.org/folder."
            )
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Whether a switch is on: `true`, `yes`, `1` and their opposites.
    /// - Throws: ``UsageError`` for another word.
    func isOn(_ flag: Bool, _ setting: Setting) throws -> Bool {
        if flag { return true }
        if let isOn = reader.bool(forKey: key(setting)) { return isOn }
        guard let text = reader.string(forKey: key(setting)), !text.isEmpty else { return false }
        throw UsageError("\(setting.rawValue) is “\(printable(text))”, but must be true or false.")
    }

    /// The choice that is set, or `nil`.
    /// - Throws: ``UsageError`` for another word.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ flag: String?,
        _ setting: Setting,
        of choices: Choice.Type
    ) throws -> Choice? {
        guard let text = text(flag, setting) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = choices.allCases.map(\.rawValue).joined(separator: " or ")
            throw UsageError("\(setting.rawValue) is “\(printable(text))”, but must be \(names).")
        }
        return choice
    }

    /// The number that is set, or the standard one.
    /// - Throws: ``UsageError`` where it is out of range or no number.
    func number(
        _ flag: Double?,
        _ setting: Setting,
        in range: ClosedRange<Double>,
        default standard: Double
    ) throws -> Double {
        let found =
            flag ?? reader.double(forKey: key(setting)) ?? reader.int(forKey: key(setting)).map(Double.init)
        if found == nil, let text = reader.string(forKey: key(setting)) {
            throw UsageError("\(setting.rawValue) is “\(printable(text))”, which is no number.")
        }
        let value = found ?? standard
        guard range.contains(value) else {
            let (low, high) = (
                range.lowerBound.formatted(), range.upperBound.formatted(.number.grouping(.never))
            )
            throw UsageError(
                "\(setting.rawValue) is \(value.formatted()), but must be from \(low) to \(high)."
            )
        }
        return value
    }

    private func together(_ flag: String?) throws -> Together {
        guard let name = text(flag, .together) else { return .mean }
        guard let together = Together(rawValue: name) else {
            let names = Together.allCases.map(\.rawValue).joined(separator: " or ")
            throw UsageError("together is “\(printable(name))”, but must be \(names).")
        }
        return together
    }

    /// The numbers of a recommender, and how many picks it gives.
    func tuning(_ options: TuningOptions) throws -> (settings: Settings, limit: Int) {
        func share(_ flag: Double?, _ setting: Setting, upTo top: Double = 1, _ standard: Double) throws
            -> Float
        {
            try Float(number(flag, setting, in: 0...top, default: standard))
        }
        func count(_ flag: Int?, _ setting: Setting, upTo top: Double, _ standard: Double) throws -> Int {
            let value = try number(flag.map(Double.init), setting, in: 1...top, default: standard)
            guard let whole = Int(exactly: value) else {
                throw UsageError("\(setting.rawValue) is \(value.formatted()), but must be a whole number.")
            }
            return whole
        }
        let taste = try TasteModel(
            alpha: share(options.alpha, .alpha, 0.8),
            textWeight: share(options.textWeight, .textWeight, 0.7),
            dislikeWeight: share(options.dislikeWeight, .dislikeWeight, upTo: 2, 0.3)
        )
        let settings = try Settings(
            taste: taste,
            presentWeight: share(options.presentWeight, .presentWeight, 0.7),
            wishWeight: share(options.wishWeight, .wishWeight, upTo: 5, 1),
            popularityPull: share(options.popularityPull, .popularityPull, 0.05),
            historyWeight: share(options.historyWeight, .historyWeight, upTo: 5, 1),
            together: together(options.together),
            variety: share(options.variety, .variety, 0.03),
            candidates: count(options.candidates, .candidates, upTo: 1_000, 20)
        )
        return try (settings, count(options.limit, .limit, upTo: 100, 5))
    }
}

/// A mistake in how a command was called; the program ends with code 64.
struct UsageError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
