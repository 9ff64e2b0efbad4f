import Foundation
import Matinee
import MatineeCompute
import MatineeLab
import MatineeTesting
import Testing

@Suite("Neighbours by EASE")
struct EASENeighborsTests {
    /// Histories of films, the first ones oftener.
    private func histories(_ count: Int, movies: Int, _ random: inout SeededGenerator) -> [[Int]] {
        (0..<count).map { _ in
            (0..<movies).filter { Int.random(in: 0..<movies + 2 * $0, using: &random) < movies / 2 }
        }
    }

    /// B by Gauss-Jordan in double precision, as the paper has it.
    private func reference(_ histories: [[Int]], movies: Int, lambda: Double, dropout: Double) -> [[Double]] {
        var rows = [[Double]](repeating: [Double](repeating: 0, count: 2 * movies), count: movies)
        for history in histories { for i in history { for j in history { rows[i][j] += 1 } } }
        for i in 0..<movies {
            rows[i][i] += lambda + dropout * rows[i][i]
            rows[i][movies + i] = 1
        }
        for i in 0..<movies {
            let pivot = rows[i][i]
            rows[i] = rows[i].map { $0 / pivot }
            for j in 0..<movies where j != i {
                let factor = rows[j][i]
                rows[j] = zip(rows[j], rows[i]).map { $0 - factor * $1 }
            }
        }
        return (0..<movies).map { i in
            (0..<movies).map { j in i == j ? 0 : -rows[i][movies + j] / rows[j][movies + j] }
        }
    }

    private func dense(_ neighbors: Neighbors) -> [[Float]] {
        (0..<neighbors.movies).map { row in
            var weights = [Float](repeating: 0, count: neighbors.movies)
            neighbors.add(row, to: &weights)
            return weights
        }
    }

    @Test("The weights are those of the dense reference", arguments: 1...8 as ClosedRange<UInt64>)
    func reference(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let movies = Int.random(in: 2...40, using: &random)
        let given = histories(60, movies: movies, &random)
        let lambda = Float.random(in: 0.5...20, using: &random),
            dropout = Float.random(in: 0...1, using: &random)
        let made = try EASENeighbors(lambda: lambda, dropout: dropout).build(given, movies: movies)
        let expected = reference(given, movies: movies, lambda: Double(lambda), dropout: Double(dropout))
        for (row, weights) in dense(made).enumerated() {
            let isKnown = given.contains { $0.contains(row) }
            for (weight, reference) in zip(weights, expected[row]) {
                #expect(abs(Double(weight) - (isKnown ? reference : 0)) < 1e-4)
            }
        }
    }

    @Test("Only the strongest neighbours stay, and only films of most histories take part")
    func limits() throws {
        var random = SeededGenerator(seed: 9)
        let given = histories(80, movies: 30, &random)
        let whole = try EASENeighbors(lambda: 5, items: 20, neighbors: 30).build(given, movies: 30)
        let cut = try EASENeighbors(lambda: 5, items: 20, neighbors: 4).build(given, movies: 30)
        let counts = (0..<30).map { film in given.count { $0.contains(film) } }
        let frequent = Set(best(counts, limit: 20))
        for row in 0..<30 {
            let all = whole.neighbors(of: row), some = cut.neighbors(of: row)
            #expect(all.rows.count == (frequent.contains(row) ? 19 : 0))
            #expect(Array(some.rows) == Array(all.rows.prefix(4)))
            #expect(Array(some.weights) == Array(all.weights.prefix(4)))
            #expect(all.rows.allSatisfy { frequent.contains(Int($0)) })
        }
    }

    @Test("No histories, empty ones, and films named twice")
    func edges() throws {
        #expect(try EASENeighbors().build([[Int]](), movies: 3).count == 0)
        #expect(try EASENeighbors().build([[], []], movies: 0).movies == 0)
        let once = try EASENeighbors(lambda: 1).build([[0, 1], [1, 2]], movies: 3)
        let twice = try EASENeighbors(lambda: 1).build([[0, 1, 0], [1, 2, 2, 2]], movies: 3)
        #expect(once.file == twice.file && once.count > 0)
    }

    @Test("Of ratings, those at the user's own middle or above count, of a film the last one")
    func ratings() throws {
        let folder = try TemporaryFolder()
        let file = try folder.ratings([
            [(0, 5), (1, 5), (2, 1)], [(0, 3), (1, 3), (2, 3)], [(0, 5), (1, 1), (0, 1), (1, 5)],
        ])
        let histories = PositiveHistories(try RatingsFile(contentsOf: file, movies: 3))
        // The mean of all is 3.2; the users' middles, drawn to it, are 3.375, 3.125 and 3.11.
        #expect(Array(histories) == [[0, 1], [], [1]])
    }

    @Test("A matrix that has no Cholesky factor is said to be none, one too large is refused")
    func faults() throws {
        var matrix = try SymmetricMatrix(order: 2)
        matrix[0, 0] = 1
        matrix[1, 0] = 2
        matrix[1, 1] = 1
        #expect(throws: SymmetricMatrix.Fault.notPositiveDefinite) { try matrix.invert() }
        #expect(throws: SymmetricMatrix.Fault.tooLarge(50_000)) { _ = try SymmetricMatrix(order: 50_000) }
    }
}
