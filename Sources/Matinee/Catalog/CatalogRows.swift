import Foundation

/// The movies of a catalogue: in memory, or in a file out of which they are read when they are asked for.
final class CatalogRows: Sendable {
    let count: Int
    private let all: AtFirstUse<[Movie]>
    private let lines: AtFirstUse<CatalogLines>
    private let rows: AtFirstUse<[String: Int]>

    init(_ movies: [Movie], byID: [String: Int]) {
        count = movies.count
        (all, lines, rows) = (AtFirstUse { movies }, AtFirstUse { CatalogLines(Data()) }, AtFirstUse { byID })
        _ = all.value
    }

    /// The movies of a file whose rows were all read before without a fault.
    init(verified data: Data, count: Int) {
        self.count = count
        let lines = AtFirstUse { CatalogLines(data) }
        let all = AtFirstUse { CatalogReader().rows(of: lines.value).map(Self.movie) }
        rows = AtFirstUse {
            Dictionary(all.value.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        (self.lines, self.all) = (lines, all)
    }

    /// All movies, which are read at once where they were not.
    var movies: [Movie] { all.value }

    /// One movie, for whose sake no other is read.
    subscript(row: Int) -> Movie {
        all.ready?[row] ?? Self.movie(CatalogReader().row(of: lines.value[row]))
    }

    /// The row of each id.
    var byID: [String: Int] { rows.value }

    private static func movie(_ row: Result<Movie, CatalogReader.Fault>) -> Movie {
        // As with a file that is cut short while it is mapped, nothing can be saved.
        guard case .success(let movie) = row else {
            fatalError(
                "The catalogue of the artifacts was changed while in use. Make them anew with `matinee build`."
            )
        }
        return movie.bounded
    }
}
