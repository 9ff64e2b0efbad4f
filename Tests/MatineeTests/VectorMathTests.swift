import Matinee
import MatineeTesting
import Testing

@Suite("Arithmetic of vectors")
struct VectorMathTests {
    private func vector(_ count: Int, _ random: inout SeededGenerator) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }

    @Test("The inner product is the sum in double precision, nearly, at any length")
    func product() {
        var random = SeededGenerator(seed: 1)
        for count in Array(0...70) + [384, 768, 1_000] {
            let (a, b) = (vector(count, &random), vector(count, &random))
            let exact = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            #expect(abs(Double(innerProduct(a, b)) - exact) < 1e-4, "\(count) numbers")
        }
    }

    @Test("Inner products of many vectors with rows are those of each alone")
    func products() {
        var random = SeededGenerator(seed: 2)
        let rows = (0..<20).map { _ in vector(37, &random) }, places = [7, 0, 19, 7]
        let vectors = (0..<3).map { _ in vector(37, &random) }
        let matrix = EmbeddingMatrix(rows, dimension: 37)
        let found = matrix.products(vectors, places)
        #expect(found == vectors.map { vector in places.map { innerProduct(vector, rows[$0]) } })
        #expect(matrix.products([], places) == [] && matrix.products(vectors, []) == [[], [], []])
    }

    @Test("The best places are the first of a stable sort, however many are asked for")
    func places() {
        var random = SeededGenerator(seed: 3)
        for count in [0, 1, 5, 300] {
            let scores = (0..<count).map { _ in Int.random(in: 0..<40, using: &random) }
            let sorted = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
            for limit in [0, 1, 20, 99, 100, 1_000] {
                #expect(best(scores, limit: limit) == Array(sorted.prefix(limit)), "\(limit) of \(count)")
            }
        }
    }
}
