import Synchronization

/// A value that is made when it is first asked for, once, whichever thread asks.
final class AtFirstUse<Value: Sendable>: Sendable {
    private final class Made: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private let made = AtomicLazyReference<Made>()
    private let making = Mutex(())
    private let make: @Sendable () -> Value

    init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    /// The value; other threads wait while it is made.
    var value: Value {
        if let made = made.load() { return made.value }
        return making.withLock { _ in (made.load() ?? made.storeIfNil(Made(make()))).value }
    }

    /// The value, where it was made already.
    var ready: Value? { made.load()?.value }
}
