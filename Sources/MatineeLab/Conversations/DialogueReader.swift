package import Matinee

/// Makes dialogues of contexts: titles linked, words embedded.
///
/// It sees texts and roles alone, never what was recommended.
package struct DialogueReader: Sendable {
    private let catalog: Catalog
    private let reader: UtteranceReader
    private let interpreter: Interpreter

    package init(catalog: Catalog) {
        self.catalog = catalog
        interpreter = Interpreter(catalog: catalog)
        reader = UtteranceReader(interpreter)
    }

    /// A dialogue a context; each text is linked and embedded once.
    package func dialogues(of contexts: [ConversationFile.Context], by embedder: any Embedder) async throws
        -> [Dialogue]
    {
        let messages = Array(Set(contexts.flatMap(\.messages))).sorted { $0.text < $1.text }
        let read = parallelMap(messages.count) { utterance(messages[$0]) }
        let texts = Array(Set(read.map(\.words).filter { !$0.isEmpty })).sorted()
        let vectors = Dictionary(
            uniqueKeysWithValues: zip(texts, try await embedder.embed(texts))
        )
        var utterances: [ConversationFile.Message: Dialogue.Utterance] = [:]
        for (message, utterance) in zip(messages, read) {
            var utterance = utterance
            utterance.vector = vectors[utterance.words]
            utterances[message] = utterance
        }
        return contexts.map { context in
            Dialogue(context.messages.compactMap { utterances[$0] })
        }
    }

    private func utterance(_ message: ConversationFile.Message) -> Dialogue.Utterance {
        let disliked = message.role == .user ? interpreter.interpret(message.text).ids(.disliked) : []
        return reader.utterance(
            message.text,
            from: message.role,
            disliked: Set(disliked.compactMap(catalog.row(of:)))
        )
    }
}
