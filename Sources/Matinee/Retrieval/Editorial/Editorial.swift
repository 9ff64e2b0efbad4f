/// What is known of a catalogue's films before anybody rated or named any: written for Matinee, not learned.
package struct Editorial: Sendable {
    /// How commonly people name each movie, 0...1, not a number where that is not known.
    let popularity: [Float]
    let alike: AlikeFilms
    let themes: Themes

    /// Reads what comes with Matinee.
    package init(of catalog: Catalog) {
        let file = EditorialFile.standard(), rows = file.rows(FilmKeys(catalog))
        popularity = priorPopularity(of: catalog)
        alike = AlikeFilms(file.alike, rows: rows, count: catalog.count)
        themes = Themes(file.themes, rows: rows)
    }
}
