package import Matinee

/// Holds every member of a dataset out once: in each of several parts, the members of that part are predicted by what the
/// others rated.
package struct CrossValidation {
    /// A part: who is held out, and the histories of the others.
    private struct Part {
        var held: [HeldOutMember] = []
        var others: [Timeline] = []
    }

    private let settings: PreparationSettings
    private let catalog: Catalog
    private var parts: [Part]

    /// - Parameter folds: how many parts, 2 or more.
    /// - Throws: ``DatasetError``.
    package init(_ dataset: DatasetFile, _ settings: PreparationSettings, folds: Int, catalog: Catalog) throws
    {
        (self.settings, self.catalog) = (settings, catalog)
        var people = PersonIndex(), parts = [Part](repeating: Part(), count: folds)
        try dataset.forEach { member in
            let timeline = Timeline(member)
            guard people.insert(member.member, timeline) else { return }
            var random = SeededGenerator(seed: settings.seed ^ stableHash(member.member))
            let own = Int(random.next() % UInt64(folds))
            if let cut = HeldOutCut(timeline, settings) {
                parts[own].held.append(cut.member(member.member, cut.films))
            }
            for place in parts.indices where place != own { parts[place].others.append(timeline) }
        }
        self.parts = parts
    }

    /// Measures predictions of all parts' members.
    package var evaluation: HeldOutEvaluation { HeldOutEvaluation(parts.flatMap(\.held), settings) }

    /// - Parameter make: makes a predictor of the others' histories, in each part.
    package func predictions(_ make: (Others) throws -> (HeldOutMember) -> [Double?]) rethrows -> [[Double?]]
    {
        try parts.flatMap { part in
            try part.held.map(make(Others(members: part.others, catalog: catalog)))
        }
    }

    /// The members that are not held out.
    package struct Others {
        let members: [Timeline]
        let catalog: Catalog

        /// Their ratings of films that the catalogue has, user after user.
        package var ratings: [RatingsFile.Rating] { PreparedFolder.ratings(members, catalog) }

        package func filmMeans(damping: Double) -> FilmMeans {
            var means = FilmMeans(damping: damping)
            for member in members { member.rated.forEach { means.add($0.film) } }
            return means
        }
    }
}
