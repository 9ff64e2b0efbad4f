import Foundation
import Matinee
import MatineeStore
import MatineeTesting
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Faults around the store")
struct StoreFaultTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func change(of user: String, version: Int64 = 0) -> Change {
        Change(
            user: user,
            version: version,
            embedder: "hash",
            present: [1],
            taste: [1],
            alpha: 0.8,
            feedback: [],
            turn: nil
        )
    }

    private func expectLocked(_ body: () throws -> Void) {
        #expect { try body() } throws: { error in
            "\(error)".contains("matinee.sqlite") && "\(error)".contains("another program holds it locked")
        }
    }

    @Test("While another program writes, reading goes on and writing says why not; then it goes on")
    func locked() throws {
        let begun = DispatchSemaphore(value: 0), end = DispatchSemaphore(value: 0),
            done = DispatchSemaphore(value: 0)
        let other = try SQLiteStore(folder: folder.url) {
            // The clock is read in the midst of a commit.
            begun.signal()
            end.wait()
            return .now
        }
        let store = try SQLiteStore(folder: folder.url, wait: 0.1), change = change(of: "ana")
        Thread.detachNewThread {
            _ = try? other.commit(change)
            done.signal()
        }
        begun.wait()
        expectLocked { try store.commit(change) }
        expectLocked { _ = try store.undo("ana") }
        #expect(try store.users().isEmpty)
        #expect(try SQLiteStore(folder: folder.url, wait: 0.1).users().isEmpty)
        end.signal()
        done.wait()
        #expect(throws: StoreError.conflict) { try store.commit(change) }
        #expect(try store.memory(of: "ana", embedder: "hash").version == 1)
        try store.commit(self.change(of: "ana", version: 1))
    }

    @Test("A program that was stopped while it opened the folder does not stop others for good")
    func stopped() throws {
        let lock = open(folder.url.appending(path: ".lock").path, O_RDWR | O_CREAT, 0o600)
        #expect(flock(lock, LOCK_EX) == 0)
        expectLocked { _ = try SQLiteStore(folder: folder.url, wait: 0.1) }
        close(lock)
        try SQLiteStore(folder: folder.url, wait: 0.1).commit(change(of: "ana"))
    }

    @Test("With a clock set back, or far off, turns keep their order and last no less than nothing")
    func clock() async throws {
        let hours = Mutex([0, -1, -100_000, 1_000_000, -9e8, 9e8, -1e12, 1e12, 0])
        let store = try SQLiteStore(folder: folder.url) {
            Date(timeIntervalSince1970: 1.7e9 + 3_600 * hours.withLock { $0.isEmpty ? 0 : $0.removeFirst() })
        }
        let recommender = try await TinyCatalog.recommender(store: store)
        for _ in 0..<10 { _ = try await recommender.turn("a heist", user: "ana") }
        let log = try SQLiteStore(folder: folder.url).log(of: "ana")
        #expect(log.map(\.record.turn) == Array(1...10))
        #expect(log.map(\.created) != log.map(\.created).sorted())
        for timings in log.map(\.record.timings) {
            let parts = [timings.interpret, timings.embed, timings.retrieve, timings.rerank, timings.explain]
            #expect((parts + [timings.total]).allSatisfy { $0 >= 0 && $0 < 60_000 })
        }
        #expect(try store.undo("ana") == .turn(10))
    }
}
