package import CEncoder
import Dispatch
import Foundation
public import Matinee
import Synchronization

/// A BERT sentence encoder that reads a sentence-transformers folder as published, without conversion.
///
/// Shared by all threads: weights never change after loading, and each batch has a workspace of its own.
// @unchecked: `model` holds pointers into memory that is only read after `init`; workspaces are behind a mutex.
public final class SentenceEncoder: Embedder, @unchecked Sendable {
    public let name: String
    public var dimension: Int { model.shape.hidden_size }

    private let tokenizer: WordPieceTokenizer
    private let model: BERTModel
    private let pooling: ModelFolder.Pooling
    private let idle = Mutex<[Workspace]>([])

    /// The number of tokens in a packed batch: enough rows for full speed, few enough to stay in the cache.
    private static let batchTokens = 512

    /// Loads a model.
    /// - Throws: ``EncoderError`` naming the file and what is wrong with it.
    public convenience init(folder: ModelFolder) throws {
        try self.init(folder: folder, instructions: encoder_best_instructions())
    }

    /// - Parameter instructions: what the kernels are made of; this CPU must have them.
    package init(folder: ModelFolder, instructions: encoder_instructions) throws {
        name = folder.name
        pooling = folder.pooling
        tokenizer = try WordPieceTokenizer(vocabulary: Vocabulary(folder: folder.url))
        guard tokenizer.vocabulary.size <= folder.shape.vocab_size else {
            let file = folder.url.appending(path: "vocab.txt")
            throw EncoderError.wrongFile(
                file,
                "it has \(tokenizer.vocabulary.size) word pieces where config.json allows \(folder.shape.vocab_size)"
            )
        }
        let file = try Safetensors(url: folder.url.appending(path: "model.safetensors"))
        let weights = try BERTWeights(file, folder.shape, instructions)
        model = BERTModel(shape: folder.shape, weights: weights, instructions: instructions)
    }

    /// The token ids of a text, special tokens included, as many as the model takes.
    package func ids(of text: String) -> [Int] {
        tokenizer.ids(of: text, limit: min(WordPieceTokenizer.longest, model.shape.max_position_embeddings))
    }

    public func embed(_ texts: [String]) async throws -> [[Float]] {
        let vectors =
            texts.count > 1 ? await encodedOnAllCores(texts) : texts.flatMap { encode([ids(of: $0)]) }
        guard vectors.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw EncoderError.notFinite(name) }
        return vectors
    }

    private func encodedOnAllCores(_ texts: [String]) async -> [[Float]] {
        await withCheckedContinuation { done in
            DispatchQueue.global().async { done.resume(returning: self.encodeOnAllCores(texts)) }
        }
    }

    /// Batches of texts of similar length, one core a batch.
    private func encodeOnAllCores(_ texts: [String]) -> [[Float]] {
        let ids = texts.map(ids(of:))
        let order = ids.indices.sorted { (ids[$0].count, $0) > (ids[$1].count, $1) }
        let batches = batches(of: order, ids)
        return [[Float]](unsafeUninitializedCapacity: texts.count) { buffer, count in
            // Safe without a lock: every index is written once, by the batch that holds it.
            nonisolated(unsafe) let slots = UnsafeMutableBufferPointer(rebasing: buffer[..<texts.count])
            DispatchQueue.concurrentPerform(iterations: batches.count) { number in
                let found = encode(batches[number].map { ids[$0] })
                for (i, vector) in zip(batches[number], found) { slots.initializeElement(at: i, to: vector) }
            }
            count = texts.count
        }
    }

    private func batches(of order: [Int], _ ids: [[Int]]) -> [[Int]] {
        var batches: [[Int]] = [], tokens = Self.batchTokens
        for i in order {
            if tokens + ids[i].count > Self.batchTokens {
                batches.append([])
                tokens = 0
            }
            batches[batches.count - 1].append(i)
            tokens += ids[i].count
        }
        return batches
    }

    private func encode(_ sequences: [[Int]]) -> [[Float]] {
        let work = idle.withLock { $0.popLast() } ?? Workspace()
        defer { idle.withLock { $0.append(work) } }
        model.run(sequences, work)
        var first = 0
        return sequences.map { ids in
            defer { first += ids.count }
            return pooled(work.hidden + first * dimension, ids.count)
        }
    }

    /// (L, H) -> (H), of length 1.
    private func pooled(_ states: UnsafePointer<Float>, _ length: Int) -> [Float] {
        var sum = [Float](repeating: 0, count: dimension)
        for row in 0..<(pooling == .cls ? 1 : length) {
            for i in 0..<dimension { sum[i] += states[row * dimension + i] }
        }
        return normalised(sum) ?? sum
    }
}
