public import Foundation
import Synchronization

/// What models at servers turned out to know, so that nothing is asked for twice in vain.
public final class AbilityMemory: Sendable {
    /// After how many days a server is tried anew, since servers learn.
    static let days = 7.0

    private struct Entry: Codable {
        var abilities: ModelAbilities
        var date: Date
    }

    private let file: URL?
    private let entries: Mutex<[String: Entry]>

    /// - Parameter file: keeps what is learned for other processes; without one, or where it cannot be used, nothing is kept.
    public init(file: URL? = nil) {
        self.file = file
        let kept = file.flatMap { try? Data(contentsOf: $0) }
            .flatMap { try? JSONDecoder().decode([String: Entry].self, from: $0) }
        let oldest = Date(timeIntervalSinceNow: -Self.days * 86_400)
        entries = Mutex((kept ?? [:]).filter { $0.value.date > oldest })
    }

    private func key(_ model: String, _ server: OpenAIServer) -> String { "\(server.base) \(model)" }

    func abilities(of model: String, at server: OpenAIServer) -> ModelAbilities {
        entries.withLock { $0[key(model, server)]?.abilities }
            ?? ModelAbilities(model: model, isOpenAI: server.isOpenAI)
    }

    func remember(_ abilities: ModelAbilities, of model: String, at server: OpenAIServer) {
        let all = entries.withLock {
            $0[key(model, server)] = Entry(abilities: abilities, date: Date())
            return $0
        }
        guard let file else { return }
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try? JSONEncoder().encode(all).write(to: file, options: .atomic)
    }

    /// Forgets what is known of a model, so that it is tried anew.
    package func forget(_ model: String, at server: OpenAIServer) {
        entries.withLock { $0[key(model, server)] = nil }
    }
}
