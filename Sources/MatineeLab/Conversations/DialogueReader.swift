package import Matinee

/// Makes dialogues of contexts: titles linked, words embedded, the taste moved by each of the user's messages.
///
/// It sees texts and roles alone, never what was recommended.
package struct DialogueReader: Sendable {
    private let catalog: Catalog
    private let movies: EmbeddingMatrix
    private let linker: TitleLinker
    private let interpreter: Interpreter
    private let taste = TasteModel()

    package init(catalog: Catalog, movies: EmbeddingMatrix) {
        (self.catalog, self.movies) = (catalog, movies)
        interpreter = Interpreter(catalog: catalog)
        linker = interpreter.titles
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
            dialogue(context.messages.compactMap { utterances[$0] })
        }
    }

    private func utterance(_ message: ConversationFile.Message) -> Dialogue.Utterance {
        let links = linker.links(in: message.text)
        let disliked = message.role == .user ? Set(interpreter.interpret(message.text).ids(.disliked)) : []
        let isDisliked = { disliked.contains(catalog[$0].id) }
        return Dialogue.Utterance(
            message.role,
            words(of: message.text, without: links.map(\.place)),
            films: links.map(\.row).filter { !isDisliked($0) },
            disliked: links.map(\.row).filter(isDisliked)
        )
    }

    /// The text without those parts, which are places in its UTF-8.
    private func words(of text: String, without places: [Range<Int>]) -> String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = [], start = 0
        for place in places {
            kept += bytes[start..<max(start, place.lowerBound)] + [UInt8(ascii: " ")]
            start = max(start, place.upperBound)
        }
        kept += bytes[start...]
        return printable(String(decoding: kept, as: UTF8.self))
    }

    private func dialogue(_ utterances: [Dialogue.Utterance]) -> Dialogue {
        var memory: [Float]?
        for utterance in utterances where utterance.role == .user {
            let present = taste.present(
                text: utterance.vector,
                liked: utterance.films.map { movies[$0] },
                disliked: utterance.disliked.map { movies[$0] }
            )
            memory = taste.moved(memory, by: present)
        }
        return Dialogue(utterances, taste: memory)
    }
}
