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
    ///   - folder: where the files are, one for each name and dimension.
    ///   - onUnsaved: called where vectors cannot be kept; they are made all the same.
    /// - Throws: what the embedder throws.
    package init(
        _ base: any Embedder,
        folder: URL,
        onUnsaved: @escaping @Sendable (any Error) -> Void
    ) async throws {
        (name, dimension, self.base, self.onUnsaved) = (base.name, base.dimension, base, onUnsaved)
        let file = folder.appending(path: "\(base.name)-\(base.dimension).vectors")
        cache = EmbeddingCache(url: file, dimension: base.dimension)
        let probe = try await base.embed(Self.probe)
        if let known = cache.vector(of: Self.probe), innerProduct(known, probe) > 0.9999 { return }
        do {
            try cache.clear()
            try cache.add([(Self.probe, probe)])
        } catch { onUnsaved(error) }
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        let known = texts.map(cache.vector)
        let missing = zip(texts, known).filter { $0.1 == nil }.map(\.0)
        guard !missing.isEmpty else { return known.compactMap(\.self) }
        let made = try await base.embed(missing)
        do { try cache.add(Array(zip(missing, made))) } catch { onUnsaved(error) }
        var rest = made[...]
        return known.map { $0 ?? rest.removeFirst() }
    }
}
