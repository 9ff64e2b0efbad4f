import Foundation
import Matinee
import MatineeFormats
import Testing

@Suite("Films of histories in the catalogue")
struct HistoryLinkerTests {
    private static let rows: [(id: String, title: String, year: Int?, imdb: String?, aliases: [String])] = [
        ("heat", "Heat", 1995, "tt0113277", []), ("heat-1986", "Heat", 1986, nil, []),
        ("amelie", "Amélie", 2001, nil, ["Le Fabuleux Destin d'Amélie Poulain"]),
        ("wars", "Star Wars: Episode IV - A New Hope", 1977, nil, []), ("rocky", "Rocky II", 1979, nil, []),
        ("emma", "Emma", 1996, nil, []), ("emma-tv", "Emma", 1996, nil, []),
        ("matrix", "The Matrix", 1999, nil, []),
        ("fast", "Fast and Furious", 2009, nil, []), ("walle", "WALL·E", 2008, nil, []),
        ("hamlet", "Hamlet", 1996, nil, []),
        ("reel", "The Unknown Reel", nil, nil, []),
    ]

    private static let catalog = Catalog(
        movies: rows.map { row in
            var movie = Movie(id: row.id, title: row.title)
            (movie.year, movie.imdbID, movie.aliases) = (row.year, row.imdb, row.aliases)
            return movie
        },
        checksum: "x"
    )

    private func links(_ films: (String, Int?, String?)...) -> [String] {
        let records = films.map { title, year, imdb in
            var record = HistoryRecord(title: title, year: year)
            record.imdbID = imdb
            return record
        }
        return HistoryLinker(Self.catalog).links(records).map { link in
            switch link {
            case .row(let row): Self.catalog[row].id
            case .ambiguous: "ambiguous"
            case .unknown: "unknown"
            }
        }
    }

    @Test("An id decides, whatever the title; one that differs is another film")
    func ids() {
        #expect(links(("Anything", 1900, "tt0113277")) == ["heat"])
        #expect(links(("Heat", 1995, "tt9999999")) == ["unknown"])
        #expect(links(("Heat", 1986, "tt9999999")) == ["heat-1986"])
    }

    @Test(
        "Titles are compared as people write them",
        arguments: [
            ("AMELIE", 2001, "amelie"), ("Le fabuleux destin d’Amélie Poulain", 2001, "amelie"),
            ("Matrix, The", 1999, "matrix"),
            ("Matrix", 1999, "matrix"), ("Fast & Furious", 2009, "fast"), ("Rocky 2", 1979, "rocky"),
            ("Wall-E", 2008, "walle"), ("Walle", 2008, "walle"), ("Star Wars", 1977, "wars"),
            ("Heat", 1994, "heat"),
            ("Heat", 1987, "heat-1986"), ("Star Wars", 1978, "unknown"), ("Heat", 1990, "unknown"),
            ("Emma", 1996, "ambiguous"),
            ("", 1996, "unknown"), ("!!!", 1996, "unknown"),
        ]
    )
    func titles(_ title: String, _ year: Int, _ id: String) { #expect(links((title, year, nil)) == [id]) }

    @Test("Without a year, a title must be of one film alone")
    func withoutYear() {
        #expect(
            links(("Amélie", nil, nil), ("Heat", nil, nil), ("The Unknown Reel", nil, nil)) == [
                "amelie", "ambiguous", "reel",
            ]
        )
    }

    @Test("A film that is one year off gives way to the one that fits")
    func nearYears() {
        #expect(links(("Hamlet", 1997, nil)) == ["hamlet"])
        #expect(links(("Hamlet", 1997, nil), ("Hamlet", 1996, nil)) == ["unknown", "hamlet"])
    }
}
