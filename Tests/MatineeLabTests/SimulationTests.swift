import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Simulated people")
struct SimulationTests {
    private let catalog: Catalog

    init() throws { catalog = try Catalog(contentsOf: StarterCatalog.url()) }

    private func talks(_ partners: [SimulatedPartner], seed: UInt64 = 1, users: Int = 30) async throws -> (
        run: SimulationRun, said: [SimulationRun.Exchange], report: SimulationReport
    ) {
        var settings = SimulationRun.Settings(), said: [SimulationRun.Exchange] = []
        (settings.users, settings.seed) = (users, seed)
        let histories = SyntheticRatings(catalog, seed: seed).histories(users)
        let run = try SimulationRun(histories, catalog, settings)
        let report = try await run.report(partners, exchanges: { said.append($0) })
        return (run, said, report)
    }

    /// Shows films by a rule that may look at what was shown before.
    private struct Scripted: SimulatedTalk {
        var turn = 0
        let rows: @Sendable (Int) -> [Int]

        mutating func answer(_ message: String) -> SimulatedPartner.Answer {
            defer { turn += 1 }
            return .init(rows: rows(turn), milliseconds: 1)
        }
    }

    private func partner(_ name: String, _ rows: @escaping @Sendable (Int) -> [Int]) -> SimulatedPartner {
        SimulatedPartner(name: name) { _ in Scripted(rows: rows) }
    }

    @Test(
        "Nobody ever names a film that they look for, by title or alias, whatever is shown",
        arguments: [1, 2] as [UInt64]
    )
    func namesNoTarget(seed: UInt64) async throws {
        // Every part of the catalogue in turn, so that people also speak of films near their targets.
        let count = catalog.count, all = partner("all") { Array(stride(from: $0, to: count, by: 97)) }
        let (run, said, _) = try await talks([all], seed: seed, users: 60)
        let people = Dictionary(uniqueKeysWithValues: run.people.map { ($0.number, $0) })
        var checked = 0
        for exchange in said {
            let targets = try #require(people[exchange.user]).targets, text = " \(folded(exchange.message)) "
            for title in targets.map({ catalog[$0] }).flatMap({ [$0.title] + $0.aliases }) {
                #expect(!text.contains(" \(folded(title)) "), "\(exchange.message) names \(title)")
                checked += 1
            }
        }
        #expect(checked > 1_000)
    }

    @Test("The same seed makes the same people say the same; another seed does not")
    func seeded() async throws {
        let partner = partner("first") { [$0] }
        let one = try await talks([partner]).said.map(\.message),
            two = try await talks([partner]).said.map(\.message)
        let other = try await talks([partner], seed: 2).said.map(\.message)
        #expect(one == two && one != other)
    }

    @Test(
        "Who shows every film at once finds all in one turn, who shows none finds nobody, and success never falls"
    )
    func bounds() async throws {
        let count = catalog.count
        let report = try await talks([
            partner("all") { _ in Array(0..<count) }, partner("none") { _ in [] },
            .popularity(catalog, limit: 5),
        ]).report
        #expect(report.variants[0].success == [1, 1, 1, 1, 1] && report.variants[0].turns_to_hit == 1)
        #expect(report.variants[1].success == [0, 0, 0, 0, 0] && report.variants[1].turns_to_hit == nil)
        #expect(
            report.variants[2].success == report.variants[2].success.sorted()
                && report.variants[2].repeated < 0.05
        )
        #expect(report.differences[0].success == -1 && report.differences[0].success_ci95 == [-1, -1])
    }

    @Test("A film that is shown again counts as such")
    func again() async throws {
        let row = try #require(
            catalog.row(of: catalog.movies.min { ($0.popularity ?? 0) < ($1.popularity ?? 0) }?.id ?? "")
        )
        let report = try await talks([partner("same") { _ in [row] }]).report
        #expect(report.variants[0].repeated > 0.5)
    }

    @Test("Somebody who likes too little talks to nobody, and nobody at all is an error")
    func tooLittle() throws {
        let few = RatedHistories([[.init(row: 0, rating: 5), .init(row: 1, rating: 1)]], source: "few")
        #expect(throws: EvaluationError.self) { try SimulationRun(few, catalog) }
    }

    @Test("Recommenders are talked to with a memory, and find more than nothing")
    func recommends() async throws {
        let store = InMemoryStore()
        let recommender = try await TinyCatalog.recommender(store: store),
            tiny = recommender.artifacts.catalog
        let histories = RatedHistories(
            [
                (0..<tiny.count).map { .init(row: $0, rating: 5) },
                (0..<tiny.count).reversed().map { .init(row: $0, rating: 4) },
            ],
            source: "all liked"
        )
        let report = try await SimulationRun(histories, tiny).report([
            .recommender(TrialVariant("tiny", recommender, store: store), limit: 3)
        ])
        #expect(report.users == 2 && report.variants[0].success[4] == 1 && report.variants[0].ms_p50 > 0)
    }

    @Test("Made-up ratings depend on the seed alone, and like what they like")
    func madeUp() {
        let one = SyntheticRatings(catalog, seed: 5).histories(3).people
        #expect(one == SyntheticRatings(catalog, seed: 5).histories(3).people)
        #expect(one != SyntheticRatings(catalog, seed: 6).histories(3).people)
        for person in one {
            #expect(Set(person.map(\.row)).count == 60 && Set(person.map(\.rating)) == [2, 3, 4, 5])
        }
    }
}
