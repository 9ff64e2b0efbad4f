import Foundation
import Matinee
import MatineeStore
import MatineeTesting
import Testing

@Suite("Random data in the store")
struct FuzzTests {
    let folder: TemporaryFolder
    private var file: URL { folder.url.appending(path: "matinee.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    /// The bytes of a database with some turns, feedback and a turn taken back.
    private func database() async throws -> [UInt8] {
        let store = try SQLiteStore(folder: folder.url)
        let recommender = try await TinyCatalog.recommender(store: store)
        for message in ["loved Heat, hated It", "a spoof", "slow space station"] {
            _ = try await recommender.turn(message, user: "ana")
        }
        _ = try await recommender.turn("a heist", user: "bo")
        _ = try store.undo("ana")
        return try await bytes(store)
    }

    /// The database file once everything is in it: closing the last store empties the write-ahead log.
    private func bytes(_ store: consuming SQLiteStore) async throws -> [UInt8] {
        try store.forget("bo")
        return try Array(Data(contentsOf: file))
    }

    @Test("Any bytes are a unit vector or damaged", .timeLimit(.minutes(Fuzzer.minutes)))
    func vectors() async {
        let unit = Array(Data([0, 0, 128, 63, 0, 0, 0, 0]))
        let failures = await Fuzzer.failures { fuzzer in
            let data = Data(fuzzer.oneIn(2) ? fuzzer.bytes(upTo: 64) : fuzzer.spoilt(unit))
            do {
                guard let vector = try Vectors.vector(data, "x") else { return "\(data) is nothing" }
                return abs(innerProduct(vector, vector) - 1) < 1e-3 ? nil : "\(vector) has another length"
            } catch StoreError.damaged { return nil }
        }
        #expect(failures == [])
    }

    @Test(
        "A database spoilt anywhere is an error, or a store of unit vectors",
        .timeLimit(.minutes(Fuzzer.minutes))
    )
    func files() async throws {
        let whole = try await database()
        let failures = await Fuzzer.failures(oneIn: 4) { fuzzer in
            for name in ["matinee.sqlite-wal", "matinee.sqlite-shm"] {
                try? FileManager.default.removeItem(at: folder.url.appending(path: name))
            }
            try Data(fuzzer.damaged(whole)).write(to: file)
            do {
                let store = try SQLiteStore(folder: folder.url, wait: 0)
                return try fault(store, &fuzzer)
            } catch is StoreError { return nil }
        }
        #expect(failures == [])
    }

    /// Does all that a store can do; what is wrong with what it gives, or `nil`.
    private func fault(_ store: SQLiteStore, _ fuzzer: inout Fuzzer) throws -> String? {
        let memory = quietly { try store.memory(of: "ana", embedder: "hash") }
        let log = quietly { try store.log(of: nil) } ?? []
        let vectors =
            log.flatMap { [$0.present, $0.taste] }.compactMap { $0 } + [memory?.taste].compactMap { $0 }
        guard vectors.allSatisfy({ abs(innerProduct($0, $0) - 1) < 1e-3 }) else {
            return "a vector is too long"
        }
        _ = quietly { try (store.users(), store.export("ana")) }
        guard fuzzer.oneIn(10) else { return nil }
        _ = quietly { try store.undo("ana") }
        _ = quietly {
            try store.commit(
                Change(
                    user: "ana",
                    version: memory?.version ?? 0,
                    embedder: "hash",
                    present: nil,
                    taste: nil,
                    alpha: 1,
                    feedback: [],
                    turn: nil
                )
            )
        }
        _ = quietly { try store.forget("ana") }
        return nil
    }

    /// The result, or `nil` where the store says that it is damaged; another error fails the test.
    private func quietly<Result>(_ body: () throws -> Result) -> Result? {
        do { return try body() } catch is StoreError { return nil } catch {
            Issue.record("\(error)")
            return nil
        }
    }
}

extension Fuzzer {
    /// A file of the same form with one to eight bytes changed, a few put somewhere else, or its end cut off.
    fileprivate mutating func damaged(_ file: [UInt8]) -> [UInt8] {
        if oneIn(10) { return spoilt(file) }
        var file = file
        for _ in 0...number(upTo: 7) {
            let place = Int.random(in: 0..<file.count - 8, using: &random)
            switch number(upTo: 2) {
            case 0: file[place] = UInt8.random(in: 0...255, using: &random)
            case 1: for i in 0..<8 { file[place + i] = UInt8.random(in: 0...255, using: &random) }
            default:
                let from = Int.random(in: 0..<file.count - 8, using: &random)
                for i in 0..<8 { file[place + i] = file[from + i] }
            }
        }
        return file
    }
}
