import Foundation
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Calibration")
struct CalibrationTests {
    @Test("Ratings that the model has not seen: bins hold all of them, and a taste is better than a mean")
    func madeUp() async throws {
        let artifacts = try await TinyCatalog.artifacts()
        var random = SeededGenerator(seed: 1)
        // Half of the people like comedies and no crime, the others the other way round.
        let people = (0..<120).map { person in
            artifacts.catalog.movies.indices.shuffled(using: &random).prefix(10).map { row in
                let isComedy = artifacts.catalog[row].genres.contains("Comedy")
                let rating: Float = isComedy == (person % 2 == 0) ? 5 : 2
                return RatedHistories.Rated(row: row, rating: rating - (random.next() % 4 == 0 ? 1 : 0))
            }
        }
        let report = try CalibrationEvaluation(artifacts).report(RatedHistories(people, source: "test"))
        #expect(report.ratings == 1_200 && report.bins.count == 10)
        #expect(report.bins.reduce(0) { $0 + $1.count } == 1_200)
        #expect(zip(report.bins, report.bins.dropFirst()).allSatisfy { $0.predicted <= $1.predicted })
        #expect(report.bins.allSatisfy { $0.given_ci95[0] <= $0.given && $0.given <= $0.given_ci95[1] })
        #expect(report.errors[0].rmse < 0.7 * report.errors[1].rmse)
        #expect(report.error < 0.1 && (0.5...1).contains(report.within90))
        #expect(report.section.headlines.count == 1 && report.text.contains("RMSE"))
    }

    @Test("Too few ratings are refused")
    func few() async throws {
        let artifacts = try await TinyCatalog.artifacts()
        let one = RatedHistories([[.init(row: 0, rating: 5)]], source: "test")
        #expect(throws: EvaluationError.self) { try CalibrationEvaluation(artifacts).report(one) }
    }
}
