import CVectorSearch
import Dispatch
import Matinee
import Synchronization

/// The int8 codes of an ``ExactIndex``: made at once, or beside the searches once they are wanted.
// Sendable unchecked: the native index never changes once made, and the rows are the owner's, which keeps them unchanged.
final class RowCodes: @unchecked Sendable {
    private enum State {
        case unmade, making
        case made(OpaquePointer)
        /// There was no memory for them; a plain scan finds the same.
        case failed
    }

    private struct Held: @unchecked Sendable { var state = State.unmade }

    private let rows: UnsafeBufferPointer<Float>
    private let count: Int
    private let dimension: Int
    private let portable: Bool
    private let owner: any AnyObject & Sendable
    private let held = Mutex(Held())

    init(
        rows: UnsafeBufferPointer<Float>,
        count: Int,
        dimension: Int,
        portable: Bool,
        owner: any AnyObject & Sendable
    ) {
        (self.rows, self.count, self.dimension) = (rows, count, dimension)
        (self.portable, self.owner) = (portable, owner)
    }

    deinit {
        if case .made(let native) = held.withLock({ $0.state }) { exact_index_free(native) }
    }

    /// The codes where they are there; else they are being made from now on.
    var ready: OpaquePointer? {
        let (native, isWanted) = held.withLock { held -> (OpaquePointer?, Bool) in
            switch held.state {
            case .made(let native): return (native, false)
            case .making, .failed: return (nil, false)
            case .unmade:
                held.state = .making
                return (nil, true)
            }
        }
        if isWanted {
            DispatchQueue.global(qos: .utility).async { _ = try? self.make() }
        }
        return native
    }

    /// Makes the codes in one pass over the rows.
    /// - Throws: ``VectorIndexError``: `notFinite`, `outOfMemory`.
    func make() throws {
        var made: OpaquePointer?
        let status = exact_index_create(rows.baseAddress, count, dimension, portable, &made)
        held.withLock { held in held.state = made.map(State.made) ?? .failed }
        try check(status, count: count, dimension: dimension)
    }
}

/// - Throws: ``VectorIndexError`` where the status is not a good one.
func check(_ status: vector_search_status, count: Int, dimension: Int) throws {
    switch status {
    case VECTOR_SEARCH_OK: return
    case VECTOR_SEARCH_NOT_FINITE: throw VectorIndexError.notFinite
    default: throw VectorIndexError.outOfMemory(rows: count, dimension: dimension)
    }
}
