import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Map layout")
struct MapLayoutTests {
    @Test("Neighbours stay neighbours, by far more than principal components keep or chance does")
    func neighbours() async throws {
        let rows = try Rows(clustered: 800)
        var generator = SeededGenerator(seed: 5)
        let chance = (0..<800).map { _ in SIMD2(generator.normal(), generator.normal()) }
        func share(_ places: [SIMD2<Float>]) throws -> Double {
            try #require(try MapQuality().share(of: places, rows: rows.matrix, index: rows.index))
        }
        let kept = try await share(rows.places())
        #expect(kept > 0.75, "\(kept)")
        #expect(try share(MapLayout().start(of: rows.matrix)) < 0.4)
        #expect(try share(chance) < 0.1)
    }

    @Test("Films of one kind lie together: the nearest on the map are of the same cluster")
    func kinds() async throws {
        let places = try await Rows(clustered: 400).places()
        let same = places.indices.count { row in
            let others = places.indices.filter { $0 != row }
            let nearest = others.min { distance(places[$0], places[row]) < distance(places[$1], places[row]) }
            return nearest.map { $0 % 20 == row % 20 } ?? false
        }
        #expect(same > 380)
    }

    @Test("The same vectors and seed give the same bytes, another seed others")
    func determinism() async throws {
        let rows = try Rows(clustered: 300)
        let first = try await rows.places()
        #expect(try await rows.places() == first)
        #expect(try await rows.places(seed: 2) != first)
    }

    @Test("The map reaches from -1 to 1 at its longer side, and no further")
    func range() async throws {
        for count in [50, 300] {
            let places = try await Rows(clustered: count).places()
            let all = places.flatMap { [$0.x, $0.y] }
            #expect(places.count == count && all.allSatisfy { (-1...1).contains($0) })
            let (x, y) = (places.map(\.x), places.map(\.y))
            let sides = [(x.max() ?? 0) - (x.min() ?? 0), (y.max() ?? 0) - (y.min() ?? 0)]
            #expect(abs((sides.max() ?? 0) - 2) < 1e-4)
            #expect(variance(x) > variance(y))
        }
    }

    @Test("No film, one, two, three and four have places of their own", arguments: 0...4)
    func few(_ count: Int) async throws {
        let places = try await Rows(clustered: count).places()
        #expect(places.count == count && Set(places).count == count)
        #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite && abs($0.x) <= 1 && abs($0.y) <= 1 })
    }

    @Test("Vectors that are all equal, or zero, still get finite places")
    func equal() async throws {
        for number in [Float(0.5), 0] {
            let rows = try Rows([[Float]](repeating: [number, number, number], count: 60), dimension: 3)
            #expect(try await rows.places().allSatisfy { abs($0.x) <= 1 && abs($0.y) <= 1 })
        }
    }

    @Test("A vector that is not finite is refused")
    func notFinite() async throws {
        var vectors = [[Float]](repeating: [1, 0], count: 40)
        vectors[7] = [.nan, 0]
        let matrix = EmbeddingMatrix(vectors, dimension: 2)
        await #expect(throws: VectorIndexError.notFinite) {
            try await MapLayout().places(of: matrix, index: ScanIndex(matrix))
        }
    }

    @Test("A film's own vector lies near the film; a mixture of two films between or at them")
    func place() async throws {
        let rows = try Rows(clustered: 400)
        let map = try await MovieMap(places: rows.places())
        for row in stride(from: 0, to: 400, by: 13) {
            let place = try #require(try map.place(of: rows.matrix[row], index: rows.index))
            #expect(distance(place, map.places[row]) < 0.02)
        }
        let empty = try Rows([], dimension: 3)
        #expect(try MovieMap(places: []).place(of: [1, 0, 0], index: empty.index) == nil)
        let one = try Rows([[1, 0]], dimension: 2)
        #expect(try MovieMap(places: [[0.5, 0.25]]).place(of: [0, 1], index: one.index) == [0.5, 0.25])
    }

    private func distance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { ((a - b) * (a - b)).sum() }

    private func variance(_ numbers: [Float]) -> Float {
        let mean = numbers.reduce(0, +) / Float(numbers.count)
        return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
}
