import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Synchronization
import Testing

@Suite("Users' vectors")
struct UserVectorsTests {
    private let folder: TemporaryFolder

    /// Movies along the axes of a space of six dimensions.
    private let movies = EmbeddingMatrix(
        (0..<6).map { row in (0..<6).map { $0 == row ? 1 : 0 } },
        dimension: 6
    )

    init() throws { folder = try TemporaryFolder() }

    private func ratings(_ users: [[(movie: UInt32, rating: Float)]]) throws -> RatingsFile {
        let records = users.enumerated().flatMap { user, ratings in
            ratings.map {
                RatingsFile.Rating(user: UInt32(user), movie: $0.movie, rating: $0.rating, time: 0)
            }
        }
        let header =
            "{'descr': \(RatingsFile.fields), 'fortran_order': False, 'shape': (\(records.count),), }"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
        let padded = header + String(repeating: " ", count: (64 - (11 + header.utf8.count) % 64) % 64) + "\n"
        data.append(contentsOf: [UInt8(padded.utf8.count & 255), UInt8(padded.utf8.count >> 8)])
        data.append(contentsOf: Array(padded.utf8))
        records.withUnsafeBytes { data.append(contentsOf: $0) }
        let url = folder.url.appending(path: "ratings.npy")
        try data.write(to: url)
        return try RatingsFile(contentsOf: url, movies: 6)
    }

    private func vectors(
        _ users: [[(movie: UInt32, rating: Float)]],
        texts: [String: [Float]] = [:]
    ) throws -> UserVectors {
        try UserVectorsBuilder().build(
            ratings: users.isEmpty ? nil : ratings(users),
            name: { "u\($0)" },
            texts: texts,
            messages: texts.mapValues { _ in 2 },
            movies: movies
        )
    }

    @Test("A taste is what the formula says, worked out by hand")
    func byHand() throws {
        let made = try vectors([[(0, 5), (1, 4), (2, 4), (3, 1)]])
        // All ratings have the mean 3.5, to which five more draw: the middle is 3.5, liked are 1.5, 0.5 and 0.5.
        let sum: [Float] = [1.5 / 2.5, 0.5 / 2.5, 0.5 / 2.5, -0.3, 0, 0]
        let expected = try #require(normalised(sum))
        #expect(zip(made.vectors[0], expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(made.users == [.init(id: "u0", ratings: 4, liked: 3)])
    }

    @Test("Only who liked three films has a taste; who gives nothing but fives likes films too")
    func eligibility() throws {
        let made = try vectors([
            [(0, 5), (1, 5), (2, 1)], [(0, 5), (1, 5), (2, 5)], [(3, 1), (4, 1), (5, 1), (2, 1)], [(0, 3)],
        ])
        #expect(made.users.map(\.id) == ["u1"])
    }

    @Test("A taste leans to every film that was liked and away from every one that was not")
    func direction() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let own = (0..<6).map {
                (movie: UInt32($0), rating: Float(Int.random(in: 1...10, using: &random)) / 2)
            }
            let made = try vectors([own])
            guard made.users.count == 1 else { continue }
            let vector = made.vectors[0], mean = own.reduce(0) { $0 + $1.rating } / 6
            #expect(abs(innerProduct(vector, vector) - 1) < 1e-5)
            for (movie, rating) in own where abs(rating - mean) > 1e-3 {
                #expect((vector[Int(movie)] > 0) == (rating > mean))
            }
        }
    }

    @Test("Ratings and text are mixed for who has both; who only writes comes after, by id")
    func mixing() throws {
        let text: [Float] = [0, 0, 0, 0, 0, 1],
            rated = [(movie: UInt32(0), rating: Float(5)), (1, 5), (2, 5), (3, 1)]
        let alone = try vectors([rated]).vectors[0]
        let made = try vectors([rated], texts: ["u0": text, "zoe": text, "ana": text])
        #expect(made.users.map(\.id) == ["u0", "ana", "zoe"] && made.users.map(\.messages) == [2, 2, 2])
        let expected = try #require(weightedSum([(0.7, alone), (0.3, text)]).flatMap(normalised))
        #expect(zip(made.vectors[0], expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(made.vectors[1] == text && made.vectors[2] == text)
        #expect(try vectors([]).users.isEmpty)
    }

    @Test(
        "Speakers' messages come from conversations, the longest context counting, and from rows of their own"
    )
    func speakers() async throws {
        let url = folder.url.appending(path: "messages.jsonl")
        let rows = [
            #"{"dialog_id":"7","turn":1,"context":[{"role":"user","text":"a"}]}"#,
            #"{"dialog_id":"7","turn":3,"context":[{"role":"user","text":"a"},{"role":"assistant","text":"b"},{"role":"user","text":"c"}]}"#,
            #"{"user":"ana","text":"rain"}"#, #"{"user":"ana","text":"clowns"}"#, "",
            #"{"dialog_id":"8","turn":1,"context":[]}"#,
        ]
        try Data(rows.joined(separator: "\n").utf8).write(to: url)
        let said = try SpeakerMessages(contentsOf: url)
        #expect(said.messages == ["7": ["a", "c"], "ana": ["rain", "clowns"], "8": []])
        let reports = Mutex<[Int]>([])
        let tastes = try await said.tastes(by: HashEmbedder()) { done, total in
            reports.withLock { $0.append(100 * done / total) }
        }
        #expect(reports.withLock { $0.first == 0 && $0.last == 100 && $0 == $0.sorted() })
        let both = try await HashEmbedder().embed(["rain", "clowns"])
        #expect(tastes["ana"] == mean(both).flatMap(normalised) && tastes["8"] == nil)
        for bad in ["{}", "x", #"{"dialog_id":"7"}"#] {
            try Data((rows[0] + "\n" + bad).utf8).write(to: url)
            #expect { try SpeakerMessages(contentsOf: url) } throws: { "\($0)".contains("Line 2 of") }
        }
        #expect(throws: SpeakerMessages.Unusable.self) {
            try SpeakerMessages(contentsOf: folder.url.appending(path: "none"))
        }
    }
}
