import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Sentences of a model")
struct SentenceCheckerTests {
    private static let catalog = try? Catalog(contentsOf: StarterCatalog.url())

    private static func movie(_ id: String) throws -> Movie {
        let catalog = try #require(catalog)
        return catalog[try #require(catalog.row(of: id))]
    }

    private static func person() throws -> SaidFacts {
        let (heat, drive) = (try movie("heat-1995"), try movie("drive-2011"))
        let request = Interpreter(catalog: try #require(catalog)).interpret(ClaimCorpus.message)
        #expect(request.ids(.liked) == [heat.id] && request.ids(.disliked) == [drive.id])
        let person = PersonFacts(
            message: ClaimCorpus.message,
            wish: request.wish,
            films: [.liked: [heat], .disliked: [drive]]
        )
        return SaidFacts(person, request)
    }

    @Test("Of the corpus, what is false is dropped, and most of what is true is kept")
    func corpus() throws {
        let person = try Self.person()
        var kept = (true: 0, false: 0), wrong: [String] = []
        for claim in ClaimCorpus.claims {
            let checker = SentenceChecker(films: [FilmFacts(try Self.movie(claim.film))], person: person)
            let result = checker.check(claim.sentence, of: 1)
            if case .success = result {
                if claim.isTrue { kept.true += 1 } else { kept.false += 1 }
            }
            let isKept = (try? result.get()) != nil
            if isKept != claim.isTrue { wrong.append("\(claim.isTrue): \(claim.sentence) \(result)") }
        }
        let truths = ClaimCorpus.claims.count(where: \.isTrue)
        let precision = Double(kept.true) / Double(kept.true + kept.false)
        let recall = Double(kept.true) / Double(truths)
        print("Sentences: precision \(precision), recall \(recall)\n\(wrong.joined(separator: "\n"))")
        #expect(precision >= 0.97 && recall >= 0.85)
    }

    /// Sentences on random films, made true or false by taking one fact from another film.
    @Test(
        "Of 2,000 sentences in which one fact is another film's, one in 500 at most is kept; of as many true ones, nearly all"
    )
    func swapped() throws {
        let catalog = try #require(Self.catalog),
            person = SaidFacts(PersonFacts(message: "something good"), Request())
        var generator = SeededGenerator(seed: 11), kept = (true: 0, false: [String]()), truths = 0, lies = 0
        while lies < 2_000 {
            let rows = (0..<2).map { _ in Int.random(in: 0..<catalog.count, using: &generator) }
            let (movie, other) = (catalog[rows[0]], catalog[rows[1]])
            guard let made = Sentences(movie, other), movie.title != other.title else { continue }
            let kind = Int.random(in: 0..<made.pairs.count, using: &generator)
            let checker = SentenceChecker(films: [FilmFacts(movie)], person: person)
            let (truth, lie) = made.pairs[kind]
            truths += 1
            if (try? checker.check(truth, of: 1).get()) != nil { kept.true += 1 }
            guard let lie else { continue }
            lies += 1
            if (try? checker.check(lie, of: 1).get()) != nil { kept.false.append("\(movie.label): \(lie)") }
        }
        print("Swapped: \(kept.true) of \(truths) kept; false ones kept: \(kept.false.prefix(20))")
        #expect(kept.false.count <= lies / 500 && kept.true >= truths * 95 / 100)
    }

    @Test("Whatever text comes, checking it ends, and nothing with marks, addresses or controls is kept")
    func fuzz() async throws {
        let checker = SentenceChecker(
            films: [FilmFacts(try Self.movie("heat-1995"))],
            person: try Self.person()
        )
        let failures = await Fuzzer.failures { fuzzer in
            let text =
                fuzzer.oneIn(2)
                ? fuzzer.text(upTo: 500) : fuzzer.spoilt(fuzzer.one(of: ClaimCorpus.claims).sentence)
            guard let kept = try? checker.check(text, of: 1).get() else { return nil }
            let isClean = kept == printable(kept) && !kept.contains { "<>{}[]|\\@".contains($0) }
            return isClean && !kept.contains("://") ? nil : kept
        }
        #expect(failures.isEmpty, "\(failures)")
    }
}

/// Pairs of sentences on a film, one true and one with a fact of another film; `nil` where that would be true as well.
private struct Sentences {
    var pairs: [(truth: String, lie: String?)]

    init?(_ movie: Movie, _ other: Movie) {
        guard let director = movie.directors.first, let wrongDirector = other.directors.first,
            let actor = movie.cast.first, let wrongActor = other.cast.first, let year = movie.year,
            let wrongYear = other.year, let runtime = movie.runtime, let wrongRuntime = other.runtime,
            let genre = movie.genres.first, let wrongGenre = other.genres.first,
            let word = movie.keywords.first,
            let wrongWord = other.keywords.first, let overview = movie.overview,
            let wrongOverview = other.overview
        else { return nil }
        func lie(_ text: String, if isFalse: Bool) -> String? { isFalse ? text : nil }
        let kind = genre.lowercased(), first = Self.first(overview), wrong = Self.first(wrongOverview)
        let isNear = !Set(Self.words(in: wrongWord)).isDisjoint(
            with: Self.words(in: movie.text + " " + movie.title)
        )
        pairs = [
            (
                "It was directed by \(director).",
                lie("It was directed by \(wrongDirector).", if: !movie.directors.contains(wrongDirector))
            ),
            ("It stars \(actor).", lie("It stars \(wrongActor).", if: !movie.cast.contains(wrongActor))),
            ("It is a film from \(year).", lie("It is a film from \(wrongYear).", if: year != wrongYear)),
            (
                "It runs \(runtime) minutes.",
                lie("It runs \(wrongRuntime) minutes.", if: runtime != wrongRuntime)
            ),
            (
                "It is a \(kind) film.",
                lie(
                    "It is a \(wrongGenre.lowercased()) film.",
                    if: !movie.genres.contains(wrongGenre)
                        && !movie.text.lowercased().contains(wrongGenre.lowercased())
                )
            ),
            ("It is a film with \(word).", lie("It is a film with \(wrongWord).", if: !isNear)),
            (first, lie(wrong, if: movie.title != other.title)),
            (
                "It is a \(kind) film by \(director) with \(actor).",
                lie(
                    "It is a \(kind) film by \(director) with \(wrongActor).",
                    if: !movie.people.contains(wrongActor)
                )
            ),
            ("It fits, \(runtime) minutes with \(word).", lie("It is like \(other.title).", if: true)),
        ]
    }

    private static func first(_ overview: String) -> String {
        overview.firstMatch(of: /^.{20,}?[.!?](?=\s|$)/).map { String($0.output) } ?? overview
    }

    private static func words(in text: String) -> [String] {
        folded(text).split(separator: " ").map(String.init)
    }
}
