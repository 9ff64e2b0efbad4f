import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Neighbours")
struct NeighborsTests {
    private let folder: TemporaryFolder
    private var file: URL { folder.url.appending(path: "neighbours.bin") }

    init() throws { folder = try TemporaryFolder() }

    private func list(_ neighbors: Neighbors, _ row: Int) -> [(row: Int, weight: Float)] {
        let (rows, weights) = neighbors.neighbors(of: row)
        return zip(rows, weights).map { (Int($0), $1) }
    }

    private func random(_ movies: Int, seed: UInt64) -> [[(row: Int, weight: Float)]] {
        var random = SeededGenerator(seed: seed)
        return (0..<movies).map { movie in
            (0..<movies).filter { $0 != movie && Int.random(in: 0..<3, using: &random) == 0 }
                .map { ($0, random.normal()) }
        }
    }

    @Test("What is written comes back strongest first, bit for bit", arguments: [0, 1, 2, 30])
    func roundTrip(movies: Int) throws {
        let given = random(movies, seed: 5)
        try Neighbors(rows: given).file.write(to: file)
        let read = try Neighbors(contentsOf: file, movies: movies)
        #expect(read.count == given.reduce(0) { $0 + $1.count })
        for row in 0..<movies {
            let expected = given[row].sorted { abs($0.weight) > abs($1.weight) }
            #expect(list(read, row).elementsEqual(expected) { $0 == $1 })
        }
    }

    @Test("A history's scores are the sums of its films' weights")
    func scores() {
        let given = random(20, seed: 6), neighbors = Neighbors(rows: given)
        var scores = [Float](repeating: 0, count: 20)
        for row in [3, 7, 11] { neighbors.add(row, times: 2, to: &scores) }
        for movie in 0..<20 {
            let sum = [3, 7, 11].flatMap { given[$0] }.filter { $0.row == movie }.reduce(0) {
                $0 + 2 * $1.weight
            }
            #expect(abs(scores[movie] - sum) < 1e-5)
        }
    }

    @Test("The bytes are those of the layout, worked out by hand")
    func layout() {
        let file = Neighbors(rows: [[(1, 0.5), (2, -2)], [], [(0, 1)]]).file
        let expected: [UInt8] =
            Array("MATNEIGH".utf8) + [1, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]
            + Array(repeating: 0, count: 8)
        #expect(Array(file.prefix(32)) == expected)
        #expect(Array(file[64..<96]) == [0, 2, 2, 3].flatMap { [$0] + [UInt8](repeating: 0, count: 7) })
        #expect(Array(file[96..<108]) == [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(file[108...]) == [0, 0, 0, 0xC0, 0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F])
    }

    @Test("A file of another catalogue, and one that is not there, are refused by name")
    func others() throws {
        try Neighbors(rows: random(4, seed: 1)).file.write(to: file)
        #expect { try Neighbors(contentsOf: file, movies: 5) } throws: {
            "\($0)".contains("it is of 4 movies where the catalogue has 5")
        }
        #expect(throws: ArtifactsError.missing(folder.url.appending(path: "none"))) {
            try Neighbors(contentsOf: folder.url.appending(path: "none"), movies: 4)
        }
    }

    @Test("However a file is spoilt, it is refused in a sentence", .timeLimit(.minutes(Fuzzer.minutes)))
    func fuzz() async throws {
        let whole = Neighbors(rows: random(9, seed: 2)).file
        let failures = await Fuzzer.failures(oneIn: 4) { fuzzer in
            let spoilt = Data(fuzzer.spoilt(whole))
            guard spoilt != whole else { return nil }
            try spoilt.write(to: file)
            do { _ = try Neighbors(contentsOf: file, movies: 9) } catch let error as ArtifactsError {
                return "\(error)".contains("neighbours.bin cannot be used: ") ? nil : "\(error)"
            }
            return "it was read"
        }
        #expect(failures == [])
    }

    @Test("Numbers that cannot be are refused even where the checksum is right")
    func contents() throws {
        for rows: [[(row: Int, weight: Float)]] in [[[(0, 1)], []], [[(2, 1)], []], [[(1, .nan)], []]] {
            try NeighborsHeader.file(rows).write(to: file)
            #expect { try Neighbors(contentsOf: file, movies: 2) } throws: {
                "\($0)".contains("a neighbour of movie 0 does not exist")
            }
        }
    }
}
