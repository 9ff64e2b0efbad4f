public import Foundation

/// Looks for faults in a catalogue file that reading it does not stop at.
public struct CatalogCheck: Sendable {
    /// A fault and the line it is in, from 1.
    public struct Fault: Sendable, Equatable, CustomStringConvertible {
        public var line: Int
        public var message: String
        public var description: String { "line \(line): \(message)" }
    }

    /// How many rows could be read.
    public private(set) var movies = 0
    public private(set) var faults: [Fault] = []
    /// How wide a range of films the rows are that could be read.
    public private(set) var spread = CatalogSpread(of: [])
    /// Fields that no row has; they are ignored when the catalogue is read.
    public private(set) var unknownFields: [String] = []

    /// Checks a file of catalogue rows.
    ///
    /// Faults are a file without movies, rows that cannot be read, ids, IMDb ids or titles of the same year that repeat, values out of
    /// range, genres that are not in ``Genre/all``, and codes that are not of ISO's form.
    /// - Throws: ``CatalogError/unreadable(_:_:)``.
    public init(contentsOf url: URL) throws {
        let data = try Catalog.read(url)
        var first: [String: Int] = [:], found: [Movie] = []
        let lines = CatalogLines(data)
        for (row, result) in CatalogReader().rows(of: lines).enumerated() {
            let number = lines.number(row)
            switch result {
            case .failure(let fault): faults.append(Fault(line: number, message: fault.description))
            case .success(let movie):
                found.append(movie)
                let repeated = keys(movie).compactMap { key in
                    first.updateValue(first[key] ?? number, forKey: key).map {
                        "\(key) is also in line \($0)"
                    }
                }
                faults += (repeated + wrongValues(movie)).map {
                    Fault(line: number, message: "\(movie.label): \($0)")
                }
            }
        }
        (movies, spread) = (found.count, CatalogSpread(of: found))
        if movies == 0, faults.isEmpty { faults.append(Fault(line: 1, message: "there are no movies")) }
        unknownFields = CatalogReader().unknownFields(in: lines)
    }

    private func keys(_ movie: Movie) -> [String] {
        ["id \(movie.id)", "title \(folded(movie.title)) of \(movie.year.map(String.init) ?? "no year")"]
            + (movie.imdbID.map { ["imdb_id \($0)"] } ?? [])
    }

    private func wrongValues(_ movie: Movie) -> [String] {
        var wrong: [String] = []
        func require(_ holds: Bool, _ message: String) {
            if !holds { wrong.append(message) }
        }
        if let year = movie.year { require((1888...2100).contains(year), "year \(year) is out of range") }
        if let runtime = movie.runtime {
            require((1...1_000).contains(runtime), "runtime \(runtime) is out of range")
        }
        if let popularity = movie.popularity {
            require((0...1).contains(popularity), "popularity \(popularity) is not 0...1")
        }
        if let id = movie.imdbID {
            require(id.wholeMatch(of: /tt\d{7,8}/) != nil, "imdb_id \(id) is not of the form tt1234567")
        }
        for genre in movie.genres { require(Genre.all.contains(genre), "genre \(genre) is unknown") }
        for code in movie.languages {
            require(code.wholeMatch(of: /[a-z]{2,3}/) != nil, "language \(code) is no ISO 639 code")
        }
        for code in movie.countries {
            require(code.wholeMatch(of: /[A-Z]{2}/) != nil, "country \(code) is no ISO 3166 code")
        }
        if let certificate = movie.certificate {
            require(
                ["G", "PG", "PG-13", "R", "NC-17", "NR"].contains(certificate),
                "certificate \(certificate) is unknown"
            )
        }
        return wrong
    }
}
