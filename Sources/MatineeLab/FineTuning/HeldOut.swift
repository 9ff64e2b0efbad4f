package import Foundation
import Matinee

/// A member of the validation split: what was known of them, and the films whose ratings are to be predicted; a line of
/// `held-out.jsonl`.
package struct HeldOutMember: Sendable, Equatable, Codable {
    package struct Film: Sendable, Equatable, Codable {
        package var id: String?
        package var title: String
        package var year: Int?
        package var rating: Double

        package init(id: String?, title: String, year: Int?, rating: Double) {
            (self.id, self.title, self.year, self.rating) = (id, title, year, rating)
        }
    }

    package var member: String
    /// Rated before all of `films`, oldest first.
    package var history: [Film]
    /// In the order of the member's lines in `validation.jsonl`.
    package var films: [Film]

    package init(member: String, history: [Film], films: [Film]) {
        (self.member, self.history, self.films) = (member, history, films)
    }

    /// Reads the file of a prepared folder.
    /// - Throws: ``DatasetError``.
    package static func read(_ url: URL) throws -> [HeldOutMember] {
        let data: Data
        do { data = try Data(contentsOf: url, options: .alwaysMapped) } catch {
            throw DatasetError.unreadable(url.path, reason(error))
        }
        let decoder = JSONDecoder()
        return try data.split(separator: 10).enumerated().map { line, bytes in
            guard let member = try? decoder.decode(HeldOutMember.self, from: bytes) else {
                throw DatasetError.wrongLine(
                    url.path,
                    line: line + 1,
                    "it is not as `matinee finetune prepare` writes it"
                )
            }
            return member
        }
    }
}

extension HeldOutMember.Film {
    init(_ rated: Timeline.Rated) {
        self.init(id: rated.film.id, title: rated.film.title, year: rated.film.year, rating: rated.rating)
    }
}

/// Where a member's history is cut: the last fifth of the films are to be predicted by what was rated before all of them.
struct HeldOutCut {
    /// When the first of the films was rated.
    let time: Int
    let films: [Timeline.Rated]
    private let known: [Timeline.Rated]

    /// `nil` where too little was rated before.
    init?(_ timeline: Timeline, _ settings: PreparationSettings) {
        let rated = timeline.rated, wanted = min(settings.per_member, max(1, rated.count / 5))
        guard rated.count > wanted else { return nil }
        time = rated[rated.count - wanted].time
        films = Array(rated.suffix(wanted))
        let held = Set(films.map(\.key)), count = timeline.count(before: time)
        guard count >= settings.least_history else { return nil }
        known = rated[..<count].filter { !held.contains($0.key) }
    }

    func member(_ name: String, _ films: [Timeline.Rated]) -> HeldOutMember {
        HeldOutMember(
            member: name,
            history: known.map { HeldOutMember.Film($0) },
            films: films.map { HeldOutMember.Film($0) }
        )
    }
}
