import COpenBLAS
import Synchronization

/// A symmetric matrix of float32, of which the half with column <= row is kept up to date: n·n·4 bytes, in row order.
///
/// LAPACK reads columns, so our lower triangle is its upper one.
package struct SymmetricMatrix: ~Copyable {
    /// The number of rows.
    package let order: Int

    /// The rows one after the other; of each, only the columns up to the diagonal count.
    package let numbers: UnsafeMutableBufferPointer<Float>

    /// OpenBLAS without threads is not safe to call from two of ours at once (docs/decisions/0001).
    private static let turnstile = Mutex(())

    /// Why there is no inverse.
    package enum Fault: Error, Equatable, CustomStringConvertible {
        case tooLarge(Int)
        case notPositiveDefinite

        package var description: String {
            switch self {
            case .tooLarge(let order):
                "A matrix of \(order) rows is more than LAPACK can count or memory can hold: use fewer items."
            case .notPositiveDefinite:
                "The matrix has no Cholesky factor in float32: raise lambda, which is added to its diagonal."
            }
        }
    }

    /// A matrix of zeros.
    /// - Throws: ``Fault/tooLarge(_:)`` above 46,340 rows, of which LAPACK could not count the elements.
    package init(order: Int) throws(Fault) {
        guard order <= 46_340 else { throw .tooLarge(order) }
        self.order = order
        numbers = .allocate(capacity: order * order)
        numbers.initialize(repeating: 0)
    }

    deinit { numbers.deallocate() }

    /// The element of a row and a column up to it.
    package subscript(row: Int, column: Int) -> Float {
        get { numbers[row * order + column] }
        nonmutating set { numbers[row * order + column] = newValue }
    }

    /// Replaces the matrix by its inverse, in place, by its Cholesky factor (LAPACK's spotrf and spotri): n³ operations.
    /// - Throws: ``Fault/notPositiveDefinite``; the matrix is useless then.
    package mutating func invert() throws(Fault) {
        guard order > 0 else { return }
        let count = Int32(order), matrix = numbers.baseAddress
        let fault = Self.turnstile.withLock { _ in
            var order = count, stride = count, fault: Int32 = 0
            spotrf_("U", &order, matrix, &stride, &fault)
            if fault == 0 { spotri_("U", &order, matrix, &stride, &fault) }
            return fault
        }
        guard fault == 0 else { throw .notPositiveDefinite }
    }
}
