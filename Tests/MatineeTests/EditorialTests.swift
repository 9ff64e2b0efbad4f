import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("What editors know of films")
struct EditorialTests {
    private static let list = [
        ("tt0113277", "Heat", 1995), (nil, "Thief", 1981), ("tt0369339", "Collateral", 2004),
        (nil, "Amélie", 2001),
    ].enumerated().map { number, film in
        var movie = Movie(id: "\(number)", title: film.1)
        (movie.imdbID, movie.year) = (film.0, film.2)
        return movie
    }

    private let catalog = Catalog(movies: Self.list, checksum: "")

    /// Films that no catalogue has stand between those that this one has.
    private let file = EditorialFile(
        films: [
            "tt0113277 Warmth (1990)", "tt9999999 Nowhere (2000)", "- Thief (1981)", "- AMELIE (2001)",
            "- Collateral (2003)",
        ],
        alike: [[1, 2, 3, 4], [0], [0], [], []],
        themes: [
            .init(words: ["Heist", "bank robbery"], films: [2, 1, 0]), .init(words: ["robbery"], films: [3]),
            .init(words: ["80s"], films: [2]), .init(words: ["", "paris"], films: [3]),
        ]
    )

    @Test("Films are found by IMDb id, else by title and year, and no others")
    func rows() {
        #expect(file.rows(FilmKeys(catalog)) == [0, nil, 1, 3, nil])
    }

    @Test("A film's list and the lists that have it say the same, whatever the films")
    func alike() {
        var random = SeededGenerator(seed: 8)
        for count in [1, 3, 12] {
            let places = (0..<count).map { film in
                (0..<count).filter { $0 != film && Bool.random(using: &random) }.shuffled(using: &random)
            }
            let rows = (0..<count).map { Int.random(in: 0..<5, using: &random) == 0 ? nil : Int32($0) }
            let alike = AlikeFilms(places, rows: rows, count: count)
            func weight(_ film: Int, _ other: Int) -> Float {
                guard rows[film] != nil, rows[other] != nil else { return 0 }
                return places[film].firstIndex(of: other).map { 1 / (1 + Float($0) / 6) } ?? 0
            }
            for film in 0..<count {
                let listed = alike.listed(by: [film]), listing = alike.listing([film])
                let common = alike.common(with: [film])
                for other in 0..<count {
                    #expect(listed[Int32(other)] ?? 0 == weight(film, other))
                    #expect(listing[Int32(other)] ?? 0 == weight(other, film))
                    let lengths = [film, other].map { one in
                        (0..<count).reduce(Float(0)) { $0 + weight(one, $1) * weight(one, $1) }.squareRoot()
                    }
                    let product = (0..<count).reduce(Float(0)) { $0 + weight(film, $1) * weight(other, $1) }
                    let cosine = film == other || product == 0 ? 0 : product / (lengths[0] * lengths[1])
                    #expect(abs((common[Int32(other)] ?? 0) - cosine) < 1e-5)
                }
            }
        }
    }

    @Test(
        "A theme is named by its phrases in singular and plural, and of phrases within others the longer counts",
        arguments: [
            ("a good heist please", [0]), ("HEISTS in the 80s", [0, 2]), ("some bank robberies", [0]),
            ("a robbery", [1]), ("bank robbery and robbery", [0, 1]), ("Paris", [3]), ("parisian", []),
            ("", []), ("bank", []),
        ] as [(String, Set<Int>)]
    )
    func named(_ text: String, _ expected: Set<Int>) {
        let themes = Themes(file.themes, rows: file.rows(FilmKeys(catalog)))
        #expect(themes.named(in: folded(text).split(separator: " ")) == expected)
    }

    @Test("The films of themes weigh by their place, those that the catalogue lacks leaving theirs empty")
    func weights() {
        let themes = Themes(file.themes, rows: file.rows(FilmKeys(catalog)))
        let (sum, largest) = themes.weights(of: [0, 2])
        #expect(largest == [1: 1, 0: 1 / 1.2])
        #expect(abs((sum[1] ?? 0) - 2 / Float(2).squareRoot()) < 1e-6)
        #expect(themes.weights(of: []).sum.isEmpty)
    }

    @Test("Opened for editing and closed again, the lists are the same", .enabled(if: Python.has("json")))
    func tables() throws {
        let folder = try TemporaryFolder(), made = folder.url.appending(path: "made.json")
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let script = root.appending(path: "Scripts/editorial.py").path
        _ = try Python.run([script, "open", folder.url.path])
        _ = try Python.run([script, "close", folder.url.path, made.path])
        let shipped = root.appending(path: "Sources/Matinee/Resources/editorial.json")
        #expect(try Data(contentsOf: made) == Data(contentsOf: shipped))
    }

    @Test(
        "What comes with Matinee is whole: lists of distinct other films, themes with phrases that are said once"
    )
    func standard() throws {
        let file = EditorialFile.standard()
        #expect(file.films.count > 5_000 && file.isWhole && Set(file.films).count == file.films.count)
        #expect(
            file.films.allSatisfy { film in film.wholeMatch(of: /(tt\d{7,8}|-) .+ \(\d{4}\)/) != nil }
        )
        for (film, list) in file.alike.enumerated() {
            #expect(Set(list).count == list.count && !list.contains(film) && list.count <= 12)
        }
        for theme in file.themes {
            #expect(!theme.words.isEmpty && !theme.films.isEmpty, "\(theme.words)")
            #expect(Set(theme.films).count == theme.films.count)
            #expect(theme.words.allSatisfy { !folded($0).isEmpty })
        }
        let starter = try Catalog(contentsOf: StarterCatalog.url())
        let rows = file.rows(FilmKeys(starter)).compactMap(\.self)
        #expect(Set(rows).count * 10 > starter.count * 9)
    }
}
