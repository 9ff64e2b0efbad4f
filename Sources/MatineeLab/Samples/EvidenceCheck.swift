import Foundation
package import Matinee

/// Compares the evidence of a pick with the catalogue.
package struct EvidenceCheck: Sendable {
    /// A piece of evidence in words, and whether the catalogue bears it out; `nil` where it says nothing of the film's
    /// fields.
    package struct Finding: Sendable, Equatable {
        package var text: String
        package var holds: Bool?
    }

    package let movie: Movie?

    package init(_ movie: Movie?) { self.movie = movie }

    package func finding(_ evidence: Evidence) -> Finding {
        switch evidence {
        case .keywords(let words): finding("keywords near the wish", words, \.keywords)
        case .genres(let genres): finding("genres asked for", genres, \.genres)
        case .people(let people): finding("people asked for", people, \.people)
        case .year(let year): Finding(text: "year asked for: \(year)", holds: movie.map { $0.year == year })
        case .runtime(let minutes):
            Finding(text: "length asked for: \(minutes) min", holds: movie.map { $0.runtime == minutes })
        case .origin(let places): Finding(text: "origin asked for: \(list(places))", holds: nil)
        case .shared(let other, let people, let keywords, let genres):
            Finding(
                text: "in common with \(printable(other)): \(list(people + keywords + genres))",
                holds: movie.map { movie in
                    people.allSatisfy(movie.people.contains) && keywords.allSatisfy(movie.keywords.contains)
                        && genres.allSatisfy(movie.genres.contains)
                }
            )
        case .near(let other): Finding(text: "near to \(printable(other))", holds: nil)
        case .listed(let other): Finding(text: "listed for those who like \(printable(other))", holds: nil)
        case .themes(let names): Finding(text: "listed for \(list(names))", holds: nil)
        case .named: Finding(text: "named in the message", holds: nil)
        case .taste: Finding(text: "near to the taste", holds: nil)
        case .meaning: Finding(text: "near to the wish as a whole", holds: nil)
        case .wellKnown: Finding(text: "among the best known", holds: nil)
        case .note(let note): Finding(text: note.rawValue.replacing("_", with: " "), holds: nil)
        }
    }

    private func finding(_ name: String, _ values: [String], _ field: KeyPath<Movie, [String]>) -> Finding {
        Finding(
            text: "\(name): \(list(values))",
            holds: movie.map { Set(values).isSubset(of: $0[keyPath: field]) }
        )
    }

    private func list(_ names: [String]) -> String { names.map(printable).joined(separator: ", ") }
}

extension Movie {
    /// The fields of the catalogue row that are known.
    var facts: [ReportFact] {
        let fields: [(String, String?)] = [
            ("year", year.map { "\($0)" }), ("runtime", runtime.map { "\($0) min" }),
            ("genres", genres.joined(separator: ", ")), ("directors", directors.joined(separator: ", ")),
            ("cast", cast.prefix(5).joined(separator: ", ")),
            ("keywords", keywords.prefix(8).joined(separator: ", ")),
            ("languages", languages.joined(separator: ", ")),
            ("countries", countries.joined(separator: ", ")),
            ("certificate", certificate), ("popularity", popularity.map { decimal($0, digits: 2) }),
            ("overview", overview.map { shortened($0, to: 300) }),
        ]
        return fields.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : ReportFact(name, printable($0)) }
        }
    }
}
