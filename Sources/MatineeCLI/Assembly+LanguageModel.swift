import Foundation
import Matinee
import MatineeNetwork

extension Assembly {
    /// The language model that is switched on, or `nil`: nothing is ever sent to one before that.
    /// - Throws: ``UsageError`` for settings that make none.
    func languageModel() async throws -> (any LanguageModel)? {
        guard let server = try settings.languageModelServer(options.languageModel) else { return nil }
        return try await languageModel(
            at: server,
            named: settings.languageModelName(options.languageModel, at: server)
        )
    }

    /// A model at a server, within the limits that are set.
    /// - Parameter name: the model's; `nil` for OpenAI's usual one, or the only one of another server.
    func languageModel(at server: OpenAIServer, named name: String?) async throws -> OpenAIModel {
        let chosen = options.languageModel
        let name = if let name { name } else { try await standardModel(at: server) }
        return try OpenAIModel(
            name: name,
            server: server,
            price: settings.languageModelPrice(chosen),
            limits: settings.spendingLimits(chosen),
            ledger: SpendingLedger(folder: dataFolder),
            memory: AbilityMemory(file: Folders.modelAbilities)
        )
    }

    /// OpenAI's usual model, or the only one of another server.
    /// - Throws: ``UsageError`` where there is a choice. A server that cannot be asked is left to the first turn.
    private func standardModel(at server: OpenAIServer) async throws -> String {
        if server.isOpenAI { return SettingsReader.standardLanguageModel }
        guard let models = try? await server.models(within: .seconds(3)), let first = models.first else {
            return "default"
        }
        guard models.count == 1 else {
            let names = models.prefix(8).map(\.id).joined(separator: ", ")
            throw UsageError(
                "\(server.place) has \(models.count) models: name one with --llm-model: \(names)."
            )
        }
        return first.id
    }
}
