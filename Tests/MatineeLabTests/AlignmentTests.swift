import Foundation
import Matinee
import MatineeLab
import MatineeSearch
import MatineeTesting
import Testing

@Suite("Alignment")
struct AlignmentTests {
    /// Films of five kinds, and a log writer over them.
    private struct World {
        let space: FilmSpace
        let rows: Rows
        var random = SeededGenerator(seed: 3)

        init(films: Int = 120) throws {
            rows = try Rows(clustered: films, kinds: 5, dimension: 16)
            let movies = (0..<films).map { row in
                var movie = Movie(id: "\(row)", title: "Film \(row)")
                movie.popularity = Double(row % 10) / 10
                return movie
            }
            space = FilmSpace(catalog: Catalog(movies: movies, checksum: ""), movies: rows.matrix)
        }

        func nearest(_ taste: [Float], _ limit: Int) throws -> [String] {
            try rows.index.search(taste, limit: limit, allowed: nil).map { "\($0.row)" }
        }

        mutating func taste() -> [Float] { random.normals(16) }

        mutating func films(_ count: Int) -> [String] {
            (0..<120).shuffled(using: &random).prefix(count).map { "\($0)" }
        }
    }

    private struct Turn {
        var user = "ana"
        var turn = 1
        var taste: [Float]?
        var picks: [String]
        var candidates: [(id: String, score: Double)] = []
        var undone = false

        var line: String {
            func quoted(_ ids: [String]) -> String { ids.map { "{\"id\":\"\($0)\"}" }.joined(separator: ",") }
            let all = candidates.map { "{\"id\":\"\($0.id)\",\"scores\":{\"final\":\($0.score)}}" }
            let taste = taste.map { "[\($0.map { "\($0)" }.joined(separator: ","))]" } ?? "null"
            return
                "{\"user\":\"\(user)\",\"turn\":\(turn),\"undone\":\(undone),\"u_t\":\(taste),\"e_t\":\(taste),\"picks\":[\(quoted(picks))],\"candidates\":[\(all.joined(separator: ","))]}"
        }
    }

    private func report(_ turns: [Turn], _ world: World, skip: Bool = false) throws -> AlignmentReport {
        let text = turns.map(\.line).joined(separator: "\n")
        var evaluation = AlignmentEvaluation(world.space)
        evaluation.skipsUnknown = skip
        return try evaluation.report(LogFile(Data(text.utf8), name: "log"))
    }

    @Test("The nearest films of the catalogue are aligned by 1, and films drawn at random by 0 in the mean")
    func ends() throws {
        var world = try World(), best: [Turn] = [], drawn: [Turn] = []
        for number in 1...60 {
            let taste = world.taste()
            best.append(Turn(turn: number, taste: taste, picks: try world.nearest(taste, 5)))
            drawn.append(Turn(turn: number, taste: taste, picks: world.films(5)))
        }
        let nearest = try report(best, world), random = try report(drawn, world)
        #expect(nearest.turns.allSatisfy { abs(($0.alignment ?? 0) - 1) < 1e-6 })
        #expect(nearest.turns.allSatisfy { abs($0.taste - $0.nearest) < 1e-6 && $0.taste > $0.random })
        let summary = try #require(random.summary(.alignment))
        #expect(summary.mean_ci95[0] < 0 && summary.mean_ci95[1] > 0 && abs(summary.mean) < 0.1)
    }

    @Test("Neither the order of the picks nor the length of the taste changes what a list is like")
    func invariance() throws {
        var world = try World()
        for _ in 0..<40 {
            let taste = world.taste(), picks = world.films(5)
            let shuffled = Turn(taste: taste.map { $0 * 7 }, picks: picks.shuffled(using: &world.random))
            let one = try report([Turn(taste: taste, picks: picks)], world).turns[0]
            let other = try report([shuffled], world).turns[0]
            for measure in TurnMeasure.allCases {
                let values = (measure.value(one), measure.value(other))
                #expect((values.0 == nil) == (values.1 == nil))
                if let a = values.0, let b = values.1 { #expect(abs(a - b) < 1e-5, "\(measure)") }
            }
            #expect((-1...1).contains(one.taste) && (0...2).contains(one.diversity ?? -1))
        }
    }

    @Test(
        "A system that shows what its embedding puts first differs from it in nothing; another is never nearer"
    )
    func orders() throws {
        var world = try World(), same: [Turn] = [], other: [Turn] = []
        for number in 1...30 {
            let taste = world.taste(), found = try world.nearest(taste, 20)
            let candidates = found.enumerated().map { (id: $1, score: 1 - Double($0) / 100) }
            same.append(
                Turn(turn: number, taste: taste, picks: Array(found.prefix(5)), candidates: candidates)
            )
            let shuffled = candidates.shuffled(using: &world.random)
            let picks = shuffled.prefix(5).map(\.id)
            other.append(Turn(turn: number, taste: taste, picks: picks, candidates: shuffled))
        }
        let equal = try report(same, world), less = try report(other, world)
        #expect(equal.differences.count == 4 && equal.differences.allSatisfy { abs($0.difference) < 1e-9 })
        #expect(equal.turns.allSatisfy { $0.orders?.overlap == 1 && $0.orders?.tau == 1 })
        let cost = try #require(less.differences.first { $0.name == "taste" })
        #expect(
            cost.difference < 0 && cost.difference_ci95[1] < 0 && cost.difference_ci95[0] <= cost.difference
        )
        #expect(less.turns.allSatisfy { ($0.orders.map { $0.shown.taste - $0.embedding.taste } ?? 1) < 1e-9 })
        #expect(less.turns.allSatisfy { abs($0.taste - ($0.orders?.shown.taste ?? 9)) < 1e-12 })
    }

    @Test("Who comes back with the same taste has moved by nothing, and films shown again count as such")
    func stability() throws {
        var world = try World()
        let taste = world.taste(), picks = world.films(5),
            others = world.films(8).filter { !picks.contains($0) }
        let turns = [
            Turn(turn: 1, taste: taste, picks: picks), Turn(turn: 2, taste: taste, picks: picks),
            Turn(turn: 3, taste: taste.map { -$0 }, picks: others),
            Turn(user: "ben", taste: taste, picks: picks),
            Turn(turn: 4, taste: world.taste(), picks: world.films(5), undone: true),
            Turn(turn: 5, picks: picks), Turn(turn: 6, taste: taste, picks: []),
        ]
        let report = try report(turns, world)
        #expect(report.turns.map(\.repeated) == [0, 1, 0, 0] && report.users == 2)
        let changes = report.turns.map(\.change)
        #expect(changes[0] == nil && changes[3] == nil && abs(changes[1]?.drift ?? 9) < 1e-9)
        #expect(abs((changes[2]?.drift ?? 0) - 2) < 1e-9 && changes[2]?.picks_overlap == 0)
        #expect(changes[1]?.picks_overlap == 1)
        let left = report.left
        #expect((left.undone, left.without_picks, left.without_taste) == (1, 1, 1))
        let shares = [
            report.variance.between_users, report.variance.between_turns, report.variance.within_turns,
        ]
        #expect(abs(shares.reduce(0, +) - 1) < 1e-9 && shares.allSatisfy { (0...1).contains($0) })
    }

    @Test("Coverage counts different films; its Gini coefficient is 0 where all are shown alike")
    func coverage() throws {
        var world = try World(films: 120)
        let even = (0..<24).map { turn in
            Turn(turn: turn, taste: world.taste(), picks: (0..<5).map { "\(turn * 5 + $0)" })
        }
        let all = try report(even, world).coverage
        #expect(all.share == 1 && abs(all.gini) < 1e-12 && all.shown == 120 && all.random_share < 0.7)
        let same = even.map { turn in
            var turn = turn
            turn.picks = ["7"]
            return turn
        }
        let one = try report(same, world).coverage
        #expect(one.films == 1 && abs(one.gini - 119.0 / 120) < 1e-12)
    }

    @Test("A log of another catalogue, embedder or length is refused with what to do")
    func refusals() throws {
        var world = try World()
        let unknown = Turn(taste: world.taste(), picks: ["1", "nowhere"])
        #expect { try report([unknown], world) } throws: { error in
            "\(error)".contains("Line 1") && "\(error)".contains("nowhere")
                && "\(error)".contains("--catalog")
        }
        let skipped = try report([unknown], world, skip: true)
        #expect(skipped.turns[0].picks == 1 && skipped.left.unknown_films == 1)
        #expect { try report([Turn(taste: [1, 2], picks: ["1"])], world) } throws: {
            "\($0)".contains("--model")
        }
        #expect { try report([Turn(picks: ["1"])], world) } throws: { "\($0)".contains("nothing to measure") }
        let row = #"{"picks":[{"id":"1"}],"u_t":[1],"models":{"embedder":"other"}}"#
        let one = FilmSpace(
            catalog: world.space.catalog,
            movies: EmbeddingMatrix((0..<120).map { _ in [1] }, dimension: 1)
        )
        #expect {
            try AlignmentEvaluation(one, embedder: "ours").report(LogFile(Data(row.utf8), name: "log"))
        } throws: { "\($0)".contains("“other”") && "\($0)".contains("ours") }
    }

    @Test("Rank correlation is 1 of an order with itself, -1 with its reverse")
    func ranks() throws {
        var world = try World()
        let found = try world.nearest(world.taste(), 20), taste = world.taste()
        func turn(_ number: Int, _ ids: [String]) -> Turn {
            Turn(turn: number, taste: taste, picks: [], candidates: ids.map { ($0, 0.5) })
        }
        var turns = [
            turn(1, found), turn(2, found), turn(3, found.reversed()), turn(4, Array(found.suffix(10))),
        ]
        for place in turns.indices { turns[place].picks = world.films(5) }
        let changes = try report(turns, world).turns.map(\.change)
        #expect(changes.map { $0?.candidates_tau } == [nil, 1, -1, -1])
        #expect(changes.map { $0?.candidates_overlap } == [nil, 1, 1, 1])
    }
}
