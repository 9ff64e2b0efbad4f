/// Float32 numbers that stay where they are for as long as the tensor lives.
package final class Tensor {
    /// The numbers, in C order.
    package let pointer: UnsafePointer<Float>
    package let count: Int
    private let owned: UnsafeMutableBufferPointer<Float>?
    private let owner: AnyObject?

    /// A view of numbers that belong to `owner`.
    init(_ view: UnsafeBufferPointer<Float>, keeping owner: AnyObject) {
        let empty = UnsafeMutableBufferPointer<Float>.allocate(capacity: view.baseAddress == nil ? 1 : 0)
        pointer = view.baseAddress ?? UnsafePointer(empty.baseAddress.unsafelyUnwrapped)
        count = view.count
        owned = empty
        self.owner = owner
    }

    /// A copy of its own.
    init(_ values: [Float]) {
        let copy = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(values.count, 1))
        _ = copy.initialize(from: values)
        pointer = UnsafePointer(copy.baseAddress.unsafelyUnwrapped)
        count = values.count
        owned = copy
        owner = nil
    }

    deinit { owned?.deallocate() }
}
