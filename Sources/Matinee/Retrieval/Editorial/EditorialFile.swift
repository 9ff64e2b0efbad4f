import Foundation

/// The form of `editorial.json`: what its editors know of well-known films, in no catalogue's rows.
package struct EditorialFile: Decodable {
    /// Each an IMDb id, or `-`, and title and year: `tt0113277 Heat (1995)`.
    package var films: [String]
    /// For each film the places of those that go well with it, the likeliest first; empty where nobody wrote any.
    package var alike: [[Int]]
    package var themes: [Theme]

    /// A kind of wish: phrases that mean it wherever they stand, and the places of the films that come to mind.
    package struct Theme: Decodable {
        package var words: [String]
        package var films: [Int]

        package init(words: [String], films: [Int]) { (self.words, self.films) = (words, films) }
    }

    package init(films: [String], alike: [[Int]], themes: [Theme]) {
        (self.films, self.alike, self.themes) = (films, alike, themes)
    }

    /// Nothing at all.
    static let none = EditorialFile(films: [], alike: [], themes: [])

    /// The file that comes with Matinee; nothing where it is not there or its places are not those of films.
    package static func standard() -> EditorialFile {
        guard let url = try? StarterCatalog.resource("editorial.json"), let data = try? Data(contentsOf: url),
            let file = try? JSONDecoder().decode(EditorialFile.self, from: data), file.isWhole
        else { return none }
        return file
    }

    package var isWhole: Bool {
        alike.count == films.count
            && (alike + themes.map(\.films)).allSatisfy { $0.allSatisfy(films.indices.contains) }
    }

    /// The row of each film in a catalogue.
    package func rows(_ keys: FilmKeys) -> [Int32?] {
        films.map { film in
            let parts = film.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return keys.row(String(parts[0]), folded(String(parts[1]))).map(Int32.init)
        }
    }
}
