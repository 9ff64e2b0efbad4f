import CVectorSearch
import Foundation
import Matinee

/// What a FAISS index is of; makes one or reads it.
struct FAISSShape {
    let specification: FAISSSpecification
    let count: Int
    let dimension: Int

    init(_ specification: FAISSSpecification, count: Int, dimension: Int) {
        self.specification = specification
        self.count = count
        self.dimension = dimension
    }

    /// The length (norm) of the longest row.
    ///
    /// - Throws: ``VectorIndexError/notFinite``.
    func longest(of rows: UnsafeBufferPointer<Float>) throws -> Double {
        var longest = 0.0
        let all = row_scan_rows(numbers: rows.baseAddress, count: count, dimension: dimension)
        guard row_scan_longest(all, &longest) == VECTOR_SEARCH_OK else { throw VectorIndexError.notFinite }
        return longest
    }

    /// Trains and fills an index; the caller frees it.
    func make(of rows: UnsafeBufferPointer<Float>) throws -> OpaquePointer {
        try checkCount()
        return try native { faiss_index_create($0, rows.baseAddress, &$1, $2) }
    }

    /// Reads an index from the bytes of the file; the caller frees it.
    func read(_ bytes: Data, of file: URL) throws -> OpaquePointer {
        try checkCount()
        do {
            return try bytes.withUnsafeBytes { bytes in
                let start = bytes.bindMemory(to: UInt8.self).baseAddress
                return try native { faiss_index_read($0, start, bytes.count, &$1, $2) }
            }
        } catch VectorIndexError.invalidSpecification(_, let reason) {
            throw VectorIndexError.unreadableFile(path: file.path, reason: reason)
        }
    }

    private func checkCount() throws {
        guard count == 0 || count >= specification.leastRows else {
            throw VectorIndexError.tooFewRows(
                specification: specification.text,
                needed: specification.leastRows,
                found: count
            )
        }
    }

    private func native(
        _ body: (faiss_index_shape, inout OpaquePointer?, UnsafeMutablePointer<faiss_index_reason>)
            -> vector_search_status
    ) throws -> OpaquePointer {
        var made: OpaquePointer?
        try specification.factory.withCString { factory in
            try specification.parameters.withCString { parameters in
                let shape = faiss_index_shape(
                    factory: factory,
                    parameters: parameters,
                    count: count,
                    dimension: dimension
                )
                try reporting(specification, count: count, dimension: dimension) { body(shape, &made, $0) }
            }
        }
        guard let made else { throw VectorIndexError.outOfMemory(rows: count, dimension: dimension) }
        return made
    }
}

/// Calls native code and throws what it reports.
///
/// - Throws: ``VectorIndexError``: `outOfMemory`, or `invalidSpecification` with FAISS's own words.
func reporting(
    _ specification: FAISSSpecification,
    count: Int,
    dimension: Int,
    _ body: (UnsafeMutablePointer<faiss_index_reason>) -> vector_search_status
) throws {
    var reason = faiss_index_reason()
    switch body(&reason) {
    case VECTOR_SEARCH_OK: return
    case VECTOR_SEARCH_REFUSED:
        throw VectorIndexError.invalidSpecification(specification.text, reason: reason.text)
    default: throw VectorIndexError.outOfMemory(rows: count, dimension: dimension)
    }
}

extension faiss_index_reason {
    var text: String {
        withUnsafeBytes(of: self) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
