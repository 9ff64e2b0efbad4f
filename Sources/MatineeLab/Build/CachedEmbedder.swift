package import Foundation
package import Matinee
import Synchronization

/// An embedder that embeds no text twice, this time or another: it keeps the vectors in a file.
package struct CachedEmbedder: Embedder {
    package let name: String
    package let dimension: Int
    private let base: any Embedder
    private let cache: EmbeddingCache
    private let onUnsaved: @Sendable (any Error) -> Void

    /// Tells models of the same name apart.
    private static let probe = "A probe that tells which model made the vectors."

    /// - Parameters:
    ///   - folder: where the files are; each model has one of its own, models of the same name too.
    ///   - onUnsaved: called where vectors cannot be kept; they are made all the same.
    /// - Throws: what the embedder throws.
    package init(
        _ base: any Embedder,
        folder: URL,
        onUnsaved: @escaping @Sendable (any Error) -> Void
    ) async throws {
        (name, dimension, self.base, self.onUnsaved) = (base.name, base.dimension, base, onUnsaved)
        let probe = try await base.embed(Self.probe)
        var number = 0
        while true {
            let suffix = number == 0 ? "" : "-\(number)"
            let file = folder.appending(path: "\(base.name)-\(base.dimension)\(suffix).vectors")
            let cache = EmbeddingCache(url: file, dimension: base.dimension)
            if let known = cache.vector(of: Self.probe), innerProduct(known, probe) < 0.9999 {
                number += 1  // another model of that name
                continue
            }
            self.cache = cache
            break
        }
        guard cache.vector(of: Self.probe) == nil else { return }
        do { try cache.add([(Self.probe, probe)]) } catch { onUnsaved(error) }
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        var vectors: [String: [Float]] = [:]
        func look() {
            for text in texts where vectors[text] == nil { vectors[text] = cache.vector(of: text) }
        }
        look()
        if texts.contains(where: { vectors[$0] == nil }) {
            cache.refresh()
            look()
        }
        let missing = Set(texts).filter { vectors[$0] == nil }.sorted()
        if !missing.isEmpty {
            let made = try await base.embed(missing)
            do { try cache.add(Array(zip(missing, made))) } catch { onUnsaved(error) }
            for (text, vector) in zip(missing, made) { vectors[text] = vector }
        }
        return texts.compactMap { vectors[$0] }
    }
}
