import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Training data for chat models")
struct FineTuningTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let day = 86_400

    /// A member who rates so many films, a day apart, by a seeded draw.
    private func member(_ number: Int, films: Int = 40, seed: UInt64 = 3) -> DatasetMember {
        var random = SeededGenerator(seed: seed &+ UInt64(number) &* 77)
        let rated = (0..<films).map { place in
            let film = Int.random(in: 0..<500, using: &random)
            return DatasetMember.Film(
                id: "f\(film)",
                title: "Film number \(film)",
                year: 1950 + film % 70,
                rating: Double(Int.random(in: 1...10, using: &random)) / 2,
                time: 1_500_000_000 + (number * 1_000 + place) * Self.day
            )
        }
        return DatasetMember(member: "m\(number)", source: "movielens", films: rated)
    }

    private func write(_ members: [DatasetMember], _ name: String = "dataset.jsonl") throws -> DatasetFile {
        let url = folder.url.appending(path: name), encoder = JSONEncoder()
        try Data(members.map { try encoder.encode($0) + Data("\n".utf8) }.joined()).write(to: url)
        return try DatasetFile(url)
    }

    @discardableResult
    private func prepare(
        _ members: [DatasetMember],
        into name: String = "prepared",
        _ change: (inout PreparationSettings) -> Void = { _ in }
    ) throws -> PreparationReport {
        var settings = PreparationSettings()
        settings.validation = 0.3
        change(&settings)
        let target = folder.url.appending(path: name)
        return try TrainingPreparer(settings, catalog: nil).prepare(write(members), into: target)
    }

    private func lines(_ file: String, _ name: String = "prepared") throws -> [String] {
        try String(contentsOf: folder.url.appending(path: name).appending(path: file), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    private func check(_ file: String, against: String? = nil, _ name: String = "prepared") throws
        -> TrainingFileCheck.Report
    {
        let target = folder.url.appending(path: name)
        return try TrainingFileCheck.check(
            target.appending(path: file),
            against: against.map { target.appending(path: $0) }
        )
    }

    @Test("Every film is asked for by what was rated before it, and members are in one file only")
    func split() throws {
        let report = try prepare((0..<40).map { member($0) })
        #expect(report.members == 40 && report.train.members + report.validation.members == 40)
        #expect(report.validation.members > 4)
        #expect(try report.train.examples == lines(TrainingPreparer.train).count)
        #expect(try check(TrainingPreparer.train, against: TrainingPreparer.validation).problems == [])
        #expect(try check(TrainingPreparer.validation, against: TrainingPreparer.train).problems == [])
        let held = try HeldOutMember.read(folder.url.appending(path: "prepared/held-out.jsonl"))
        #expect(held.reduce(0) { $0 + $1.films.count } == report.validation.examples)
    }

    @Test("The same seed gives the same files, another one others")
    func seeds() throws {
        let members = (0..<30).map { member($0) }
        for name in ["a", "b"] { try prepare(members, into: name) }
        try prepare(members, into: "c") { $0.seed = 2 }
        for file in [TrainingPreparer.train, TrainingPreparer.validation, TrainingPreparer.heldOut] {
            #expect(try lines(file, "a") == lines(file, "b"))
            #expect(try lines(file, "a") != lines(file, "c"))
        }
    }

    /// A member in whose history every way that an answer could leak is planted: each film's rating stands in its
    /// reviews, its heart, its favourites, later and same-day ratings of the same film, another edition of it, and lists.
    private func planted(_ number: Int) -> DatasetMember {
        var planted = member(number, films: 30)
        for place in planted.films.indices {
            let film = planted.films[place]
            planted.films[place].review = "LEAK \(film.title) is \(film.rating ?? 0) of 5"
            planted.films[place].liked = (film.rating ?? 0) > 3
            planted.films[place].favourite = (film.rating ?? 0) > 4
        }
        for film in planted.films {
            // The same film later and at the same time, and another edition of it before.
            var later = film, sibling = film
            later.time = film.time.map { $0 + 400 * Self.day }
            (sibling.id, sibling.year) = (film.id.map { $0 + "-dc" }, film.year.map { $0 + 3 })
            sibling.time = film.time.map { $0 - 300 * Self.day }
            planted.films += number % 2 == 0 ? [sibling] : [sibling, later]
            // A film of the same moment, whose title tells.
            planted.films.append(
                DatasetMember.Film(
                    title: "LEAK at the same time as \(film.title): \(film.rating ?? 0)",
                    rating: film.rating,
                    time: film.time
                )
            )
        }
        return planted
    }

    @Test(
        "An answer that is planted wherever it could leak from is in no question",
        arguments: [1, 2, 3] as [UInt64]
    )
    func leaks(seed: UInt64) throws {
        let members = (0..<40).map(planted)
        try prepare(members) {
            $0.seed = seed; $0.per_member = 50; $0.profile_tokens = 4_000
        }
        for file in [TrainingPreparer.train, TrainingPreparer.validation] {
            for line in try lines(file) {
                let question = try question(line)
                #expect(!line.contains(" of 5"), "a review is in a question")
                // What the film is called must stand once, as what is asked for, in whatever edition.
                let title = try #require(
                    question.film.firstMatch(of: /(?:LEAK at the same time as )?Film number \d+/)
                ).output
                #expect(!question.profile.contains("\(title) ("), "\(line)")
                #expect(!question.profile.contains("\(title);"), "\(line)")
            }
            #expect(try check(file).problems.filter { $0.what.contains("names the film") } == [])
        }
    }

    private func question(_ line: String) throws -> (profile: String, film: String) {
        let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let messages = try #require(object["messages"] as? [[String: String]])
        let parts = try #require(messages[1]["content"]).split(separator: "\n").map(String.init)
        return (parts.dropLast().joined(separator: "\n"), try #require(parts.last))
    }

    @Test("Everything that a profile names was rated before the film that is asked for")
    func before() throws {
        let members = (0..<20).map { number in
            // Titles tell who rated them, and when.
            var member = member(number)
            for place in member.films.indices {
                member.films[place].title = "Film \(number) of \(place)"
                member.films[place].id = "f\(number)-\(place)"
            }
            return member
        }
        try prepare(members) { $0.profile_tokens = 10_000 }
        for file in [TrainingPreparer.train, TrainingPreparer.validation] {
            for line in try lines(file) {
                let question = try question(line), form = /Film (\d+) of (\d+)/
                let asked = try #require(question.film.firstMatch(of: form)).output
                for named in question.profile.matches(of: form).map(\.output) {
                    #expect(named.1 == asked.1, "another member is in the profile")
                    #expect(Int(named.2) ?? .max < Int(asked.2) ?? 0, "a later film is in the profile")
                }
            }
        }
    }

    @Test("A person under two names counts once, and is never in both files")
    func twice() throws {
        let members = (0..<30).map { member($0, films: 80) }
        let again = members.map { member in
            DatasetMember(
                member: "again \(member.member)",
                source: "rss",
                films: member.films.suffix(70) + [member.films[0]]
            )
        }
        let report = try prepare(members + again + members)
        #expect(report.duplicates == 60 && report.train.members + report.validation.members == 30)
    }

    @Test(
        "Half stars go the way that is set",
        arguments: [(0.5, 1, 1), (1, 1, 1), (1.5, 2, 1), (3.5, 4, 3), (4.5, 5, 4), (5, 5, 5), (3.2, 3, 3)]
    )
    func halves(_ rating: Double, _ up: Int, _ down: Int) {
        var settings = PreparationSettings()
        #expect(settings.answer(rating) == up)
        settings.halves = .down
        #expect(settings.answer(rating) == down)
    }

    @Test("Balance makes the answers of the training file equally frequent and leaves the other alone")
    func balance() throws {
        let members = (0..<60).map { number in
            var member = member(number)
            for place in member.films.indices where place % 3 > 0 { member.films[place].rating = 4 }
            return member
        }
        let plain = try prepare(members), balanced = try prepare(members, into: "balanced") { $0.balance = 1 }
        #expect(plain.train.answers[3] > 3 * plain.train.answers[0])
        let counts = balanced.train.answers.map(Double.init)
        #expect((counts.max() ?? 0) < 1.5 * (counts.min() ?? 0), "\(counts)")
        #expect(plain.validation == balanced.validation)
    }

    @Test("A profile keeps within its tokens")
    func budget() throws {
        try prepare((0..<10).map { member($0, films: 400) }) { $0.profile_tokens = 60 }
        for line in try lines(TrainingPreparer.train) {
            #expect(try question(line).profile.utf8.count < 60 * 4 + 60)
        }
    }

    @Test("A dataset that is none, or tells nothing, is an error that says so, and leaves no files")
    func bad() throws {
        let url = folder.url.appending(path: "bad.jsonl")
        for text in ["{", "[]\n", "{\"member\":1}\n", "\u{0}"] {
            try Data(text.utf8).write(to: url)
            #expect(throws: DatasetError.self) {
                try TrainingPreparer(PreparationSettings(), catalog: nil).prepare(
                    DatasetFile(url),
                    into: folder.url.appending(path: "x")
                )
            }
        }
        #expect(throws: DatasetError.self) { try prepare([member(1, films: 3)], into: "x") }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "x").path) == []
        )
    }

    @Test("The check finds what a service would refuse, leaks and duplicates")
    func checks() throws {
        func line(_ user: String, _ answer: String, role: String = "assistant") throws -> String {
            let messages = [
                ["role": "system", "content": "s"], ["role": "user", "content": user],
                ["role": role, "content": answer],
            ]
            return String(
                decoding: try JSONSerialization.data(withJSONObject: ["messages": messages]),
                as: UTF8.self
            )
        }
        func profile(_ likes: String, _ film: String) -> String {
            "{\"likes\":\"\(likes)\"}\n{\"film\":\"\(film)\"}"
        }
        let good = try (0..<10).map {
            try line(profile("Heat (1995); Ikiru (1952)", "Film \($0) (1990) | Drama"), "3")
        }
        func problems(_ lines: [String]) throws -> [String] {
            let url = folder.url.appending(path: "check.jsonl")
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: url)
            return try TrainingFileCheck.check(url).problems.map(\.what)
        }
        #expect(try problems(good) == [])
        let bad: [(String, String)] = try [
            ("{", "no JSON"), ("{}", "no messages"), ("", "empty"), (line("x", "6"), "digit"),
            (line("x", "4 stars"), "digit"),
            (line("x", "4", role: "user"), "not the assistant's"), (line("x", "4", role: "robot"), "no role"),
            (line("", "4"), "no content"),
            (line(profile("Heat (1995); Ikiru (1952)", "HEAT (1995) | Crime"), "4"), "names the film"),
            (good[0], "twice"), (good[0].replacingOccurrences(of: "\"3\"", with: "\"4\""), "another answer"),
        ]
        for (line, what) in bad {
            let found = try problems(good + [line])
            #expect(found.count == 1 && found[0].contains(what), "\(line): \(found)")
        }
        #expect(try problems(Array(good.prefix(9)))[0].contains("at least 10"))
    }

    @Test("A perfect prediction has no error and orders all; a constant one orders as chance does")
    func measures() async throws {
        let films = [5.0, 4, 3, 2, 1].map { HeldOutMember.Film(id: nil, title: "x", year: nil, rating: $0) }
        let members = (0..<20).map { HeldOutMember(member: "\($0)", history: [], films: films) }
        let evaluation = HeldOutEvaluation(members, PreparationSettings())
        let right = await evaluation.predictions { $0.films.map { Double?($0.rating) } }
        let same = await evaluation.predictions { $0.films.map { _ in Double?(3) } }
        let perfect = evaluation.report("perfect", right, against: ("constant", same))
        #expect(
            perfect.rmse == 0 && perfect.ndcg5 == 1 && perfect.accuracy == 1 && perfect.ndcg5_ci95 == [1, 1]
        )
        let constant = evaluation.report("constant", same)
        let against = try #require(perfect.against)
        #expect(against.mse == -2 && against.mse_ci95 == [-2, -2] && constant.against == nil)
        #expect(abs(against.ndcg5 - (1 - constant.ndcg5)) < 1e-9)
        // All orders on average: the mean gain, 57 / 5, at each of the five places.
        let discounts: [Double] = (0..<5).map { 1 / log2(Double($0) + 2) },
            gains: [Double] = [31, 15, 7, 3, 1]
        let ideal: Double = zip(gains, discounts).reduce(0) { $0 + $1.0 * $1.1 }
        let shared: Double = 57.0 / 5 * discounts.reduce(0, +) / ideal
        #expect(abs(constant.ndcg5 - shared) < 1e-9)
        #expect(abs(constant.rmse - 2.squareRoot()) < 1e-9 && constant.mae == 1.2 && constant.accuracy == 0.2)
        let silent = evaluation.report(
            "silent",
            await evaluation.predictions { $0.films.map { _ in Double?.none } }
        )
        #expect(silent.failed == 100 && silent.rmse == constant.rmse)
    }
}

@Suite("Held-out members of all parts")
struct CrossValidationTests {
    @Test("Every member is held out once, by what the others rated; taste that others share is found")
    func folds() throws {
        let folder = try TemporaryFolder(), catalog = try TinyCatalog.catalog(), encoder = JSONEncoder()
        let members = (0..<40).map { number in
            // Half of them like what the other half does not.
            let films = catalog.movies.enumerated().map { place, movie in
                let rating = (place % 2 == number % 2) ? 5.0 : 1
                return DatasetMember.Film(
                    id: movie.id,
                    title: movie.title,
                    year: movie.year,
                    rating: rating,
                    time: (number * 100 + place * 7 % 14) * 86_400
                )
            }
            return DatasetMember(member: "m\(number)", source: "movielens", films: films)
        }
        let url = folder.url.appending(path: "dataset.jsonl")
        try Data(members.map { try encoder.encode($0) + Data("\n".utf8) }.joined()).write(to: url)
        let parts = try CrossValidation(DatasetFile(url), PreparationSettings(), folds: 4, catalog: catalog)
        let predictors = HeldOutPredictors(catalog)
        let content = MovieContent(catalog.movies, vectors: nil, length: 0)
        let reports = [
            parts.predictions { _ in predictors.userMean },
            parts.predictions { predictors.filmMean($0.filmMeans(damping: 0)) },
            parts.predictions { others in
                predictors.model(PreferenceTrainer().train(others.ratings, content: content).model)
            },
        ].map { parts.evaluation.report("", $0) }
        #expect(reports.allSatisfy { $0.members == 40 && $0.films == 80 && $0.failed == 0 })
        #expect(reports[2].rmse < reports[0].rmse && reports[2].rmse < reports[1].rmse)
    }
}
