import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Preference model")
struct PreferenceTests {
    /// Films of two genres; users like one and dislike the other, some are kinder than others.
    private struct Planted {
        var movies: [Movie] = []
        var ratings: [RatingsFile.Rating] = []

        init(users: Int = 120, films: Int = 60, rated: Int = 20, seed: UInt64 = 1) {
            var random = SeededGenerator(seed: seed)
            movies = (0..<films + 2).map { number in
                var movie = Movie(id: "\(number)", title: "Film \(number)")
                movie.genres = [number % 2 == 0 ? "Horror" : "Comedy"]
                movie.year = 1_990
                return movie
            }
            for user in 0..<users {
                for film in (0..<films).shuffled(using: &random).prefix(rated) {
                    let value = Self.truth(user, film) + 0.2 * random.normal()
                    ratings.append(
                        .init(
                            user: UInt32(user),
                            movie: UInt32(film),
                            rating: min(5, max(0.5, value)),
                            time: 0
                        )
                    )
                }
            }
        }

        static func truth(_ user: Int, _ film: Int) -> Float {
            3 + (user % 2 == film % 2 ? 1 : -1) + (user % 4 < 2 ? 0.4 : -0.4)
        }

        var content: MovieContent { MovieContent(movies, vectors: nil, length: 2) }

        func history(_ user: Int) -> [(row: Int, rating: Float)] {
            ratings.filter { $0.user == user }.map { (Int($0.movie), $0.rating) }
        }
    }

    private func trained(_ planted: Planted, seed: UInt64 = 1) -> PreferenceTrainer.Result {
        var trainer = PreferenceTrainer()
        (trainer.seed, trainer.factors) = (seed, 2)
        return trainer.train(planted.ratings, content: planted.content)
    }

    @Test(
        "What was planted is found: ratings of films that a user has not rated, and of new films by their genre"
    )
    func recovery() {
        let planted = Planted(), model = trained(planted).model
        var errors: [Double] = []
        for user in 0..<40 {
            for (row, predicted) in model.prediction(for: planted.history(user), rows: Array(0..<62))
                .enumerated()
            {
                errors.append(Double(predicted.rating - min(5, max(1, Planted.truth(user, row)))))
            }
        }
        #expect(RatingErrors(errors).rmse < 0.3)
        let new = model.prediction(for: planted.history(0), rows: [60, 61])
        #expect(new[0].rating > 3.7 && new[1].rating < 3.3)
    }

    @Test("The same seed gives the same numbers, on however many threads")
    func determinism() {
        let planted = Planted(users: 30)
        let (one, other) = (trained(planted, seed: 3), trained(planted, seed: 3))
        #expect(one.model.movies == other.model.movies && one.content == other.content)
    }

    @Test(
        "A user is placed by their ratings where the training places them: at the solution of the ridge equations"
    )
    func foldIn() {
        let planted = Planted(users: 40), model = trained(planted).model, history = planted.history(7)
        let (mean, _) = model.user(history)
        // The gradient of the expected squared error and the prior vanishes at the solution.
        let count = model.movies.dimension
        for i in 0..<count {
            var gradient = mean[i] / Double(model.userVariances[i])
            for (row, rating) in history {
                func input(_ j: Int) -> Double { j == 0 ? 1 : Double(model.movies.means[row * count + j]) }
                let said = (0..<count).reduce(0.0) { $0 + input($1) * mean[$1] }
                let target = Double(rating - model.mean - model.movies.means[row * count])
                let spread = i == 0 ? 0 : Double(model.movies.variances[row * count + i]) * mean[i]
                gradient += (input(i) * (said - target) + spread) / Double(model.noise)
            }
            #expect(abs(gradient) < 1e-6)
        }
    }

    @Test("More ratings make surer, and deviations are those of the errors")
    func uncertainty() {
        let planted = Planted(users: 200)
        var calibrator = PreferenceCalibrator()
        calibrator.trainer.factors = 2
        let (result, errors) = calibrator.train(planted.ratings, content: planted.content)
        #expect(errors.rmse < 0.35)
        let history = planted.history(1)
        func deviation(_ count: Int) -> Float {
            result.model.prediction(for: Array(history.prefix(count)), rows: [60])[0].deviation
        }
        #expect(deviation(0) > deviation(5) && deviation(5) > deviation(20))
    }

    @Test("It meets what is asked of every model", arguments: PreferenceConformance.Requirement.allCases)
    func conformance(_ requirement: PreferenceConformance.Requirement) throws {
        try PreferenceConformance(trained(Planted(users: 30)).model, movies: 62).verify(requirement)
    }

    private func file(_ planted: Planted) throws -> PreferenceFile {
        let result = trained(planted)
        return PreferenceFile(
            result.model,
            content: result.content,
            of: planted.content,
            movieVariances: result.movieVariances,
            rated: result.isRated.indices.filter { result.isRated[$0] }.map { ($0, "\($0)") },
            embedder: ("hash", 2),
            training: .init(ratings: 1, users: 1, seed: 1, held_out: 0, rmse: 0, mae: 0)
        )
    }

    @Test("A file gives the model back, for a catalogue in another order and with new films too")
    func file() throws {
        let planted = Planted(users: 40), folder = try TemporaryFolder(), written = try file(planted)
        let url = folder.url.appending(path: "preference.json")
        try written.bytes().write(to: url)
        #expect(try PreferenceFile(contentsOf: url) == written)
        let catalog = Catalog(movies: planted.movies.reversed(), checksum: "")
        let vectors = EmbeddingMatrix(catalog.movies.map { _ in [0, 0] }, dimension: 2)
        let read = written.model(for: catalog, vectors, embedder: "hash"), model = trained(planted).model
        let there = planted.history(3), here = there.map { (61 - $0.row, $0.rating) }
        let one = model.prediction(for: there, rows: Array(0..<62))
        let other = read.prediction(for: here, rows: (0..<62).reversed())
        #expect(zip(one, other).allSatisfy { abs($0.rating - $1.rating) < 1e-3 })
    }

    @Test("However a file is spoilt, it is refused in a sentence or predicts within bounds")
    func fuzz() async throws {
        let planted = Planted(users: 10, films: 8, rated: 5), folder = try TemporaryFolder()
        let url = folder.url.appending(path: "preference.json"), whole = try file(planted).bytes()
        let catalog = Catalog(movies: planted.movies, checksum: "")
        let vectors = EmbeddingMatrix(catalog.movies.map { _ in [0, 0] }, dimension: 2)
        let failures = await Fuzzer.failures(oneIn: 8) { fuzzer in
            try Data(fuzzer.spoilt(whole)).write(to: url)
            let file: PreferenceFile
            do { file = try PreferenceFile(contentsOf: url) } catch let fault as PreferenceFault {
                return "\(fault)".contains("is damaged. Train it anew") ? nil : "\(fault)"
            }
            let model = file.model(for: catalog, vectors, embedder: "hash")
            let predicted = model.prediction(for: [(0, 5), (1, 1), (2, 3)], rows: Array(0..<10))
            return predicted.allSatisfy { (1...5).contains($0.rating) } ? nil : "\(predicted)"
        }
        #expect(failures == [])
    }

    @Test("A film that is held back is never among what is known, in any order of ratings")
    func noLeak() {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            let ratings = (0..<Int.random(in: 1...12, using: &random)).map { time in
                RatingsFile.Rating(
                    user: 0,
                    movie: UInt32.random(in: 0..<8, using: &random),
                    rating: 3,
                    time: UInt32(time)
                )
            }
            for held in 1...2 {
                for history in RatingsHistory.split([ratings], held: held) {
                    #expect(!history.known.contains { $0.row == history.next })
                    #expect(Set(history.known.map(\.row)).count == history.known.count)
                    // What was known of is older than the film that is looked for.
                    let next = ratings.lastIndex { $0.movie == history.next } ?? 0
                    let last = history.known.compactMap { film in
                        ratings.lastIndex { Int($0.movie) == film.row }
                    }
                    #expect(last.allSatisfy { $0 < next })
                }
            }
        }
    }
}
