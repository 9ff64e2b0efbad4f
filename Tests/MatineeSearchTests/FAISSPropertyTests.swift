import Matinee
import MatineeSearch
import MatineeTesting
import Testing

@Suite("FAISS search, over many random sets")
struct FAISSPropertyTests {
    @Test(
        "Flat finds bit for bit what the exact index finds, on every kind of rows",
        arguments: RowFamily.allCases
    )
    func flat(_ family: RowFamily) throws {
        var random = SeededGenerator(seed: 23)
        for _ in 0..<60 {
            let count = Int.random(in: 1...3000, using: &random)
            let dimension = Int.random(in: 1...60, using: &random)
            let (rows, query) = family.make(count: count, dimension: dimension, &random)
            let flat = try FAISSIndex(specification: "Flat", rows: rows, dimension: dimension)
            let exact = try ExactIndex(rows: rows, dimension: dimension)
            let share = Double.random(in: 0...1, using: &random)
            var some = RowSet(count: count)
            for row in 0..<count where Double.random(in: 0..<1, using: &random) < share { some.insert(row) }
            for limit in [1, 20, .random(in: 0...count + 5, using: &random)] {
                for allowed in [nil, some] {
                    let found = try flat.search(query, limit: limit, allowed: allowed)
                    let wanted = try exact.search(query, limit: limit, allowed: allowed)
                    let areAlike = found == wanted
                    #expect(areAlike, "\(family), \(count) x \(dimension), limit \(limit)")
                }
            }
        }
    }

    @Test("Every row that is found has the very score that the exact index gives it", arguments: Kind.all)
    func scores(_ kind: Kind) throws {
        var random = SeededGenerator(seed: 31)
        for dimension in [5, 48] {
            let rows = random.normals(2000 * dimension)
            let index = try FAISSIndex(specification: kind.specification, rows: rows, dimension: dimension)
            let exact = try ExactIndex(rows: rows, dimension: dimension)
            for limit in [1, 10, 100, 1000] {
                let query = random.normals(dimension)
                let scores = try exact.scores(query)
                let found = try index.search(query, limit: limit, allowed: nil)
                #expect(found.count == limit)
                #expect(found.allSatisfy { $0.score.bitPattern == scores[$0.row].bitPattern })
            }
        }
    }
}
