package import Foundation
package import Matinee

/// Ways to predict a held-out rating without a chat model.
package struct HeldOutPredictors {
    private let catalog: Catalog

    package init(_ catalog: Catalog) { self.catalog = catalog }

    /// What the member gave on average before.
    package func userMean(_ member: HeldOutMember) -> [Double?] {
        let mean = member.history.reduce(0) { $0 + $1.rating } / Double(max(1, member.history.count))
        return member.films.map { _ in member.history.isEmpty ? nil : mean }
    }

    /// What the members of the training split gave the film on average.
    package func filmMean(_ means: FilmMeans) -> (HeldOutMember) -> [Double?] {
        { member in member.films.map { means[$0.id ?? FilmMeans.key($0.title, $0.year)] } }
    }

    /// What the local model predicts by the member's history; of a film that the catalogue lacks, nothing.
    package func model(_ model: any PreferenceModel) -> (HeldOutMember) -> [Double?] {
        { member in
            let history = member.history.compactMap { film in
                film.id.flatMap(catalog.row(of:)).map { (row: $0, rating: Float(film.rating)) }
            }
            let rows = member.films.map { $0.id.flatMap(catalog.row(of:)) }
            let known = rows.compactMap(\.self)
            var predictions = model.prediction(for: history, rows: known).makeIterator()
            return rows.map { $0 == nil ? nil : predictions.next().map { Double($0.rating) } }
        }
    }
}

/// The mean rating of each film over the training members; of a film that they did not rate, that of all films.
package struct FilmMeans {
    private var sums: [String: (sum: Double, count: Double)] = [:]
    private var total = (sum: 0.0, count: 0.0)
    /// So many ratings of the mean of all are added to each film's.
    private let damping: Double

    /// - Parameter damping: 0 for the plain mean; 5 as in LensKit's bias model.
    package init(damping: Double = 0) { self.damping = damping }

    static func key(_ title: String, _ year: Int?) -> String { "\(folded(title)) \(year ?? 0)" }

    package mutating func add(_ film: DatasetMember.Film) {
        guard let rating = film.rating else { return }
        let key = film.id ?? Self.key(film.title, film.year), known = sums[key] ?? (0, 0)
        sums[key] = (known.sum + rating, known.count + 1)
        total = (total.sum + rating, total.count + 1)
    }

    package subscript(key: String) -> Double {
        let mean = total.count > 0 ? total.sum / total.count : 3
        guard let film = sums[key] else { return mean }
        return (film.sum + damping * mean) / (film.count + damping)
    }
}

/// A folder of `matinee finetune prepare`, and the dataset that it was made of.
package struct PreparedFolder {
    package let url: URL
    package let report: PreparationReport
    package let heldOut: [HeldOutMember]

    /// - Throws: ``DatasetError``.
    package init(_ url: URL) throws {
        self.url = url
        report = try PreparationReport(folder: url)
        heldOut = try HeldOutMember.read(url.appending(path: TrainingPreparer.heldOut))
    }

    /// The members that nothing is held out of, in the order of the dataset. Those who come under two names are left
    /// out where one of them is held out.
    /// - Throws: ``DatasetError``, also where the dataset is not the one that the folder was made of.
    package func forEachTrainingMember(_ body: (DatasetMember) throws -> Void) throws {
        let dataset = try DatasetFile(URL(filePath: report.dataset))
        guard dataset.checksum == report.dataset_sha256 else {
            throw DatasetError.unreadable(
                report.dataset,
                "it has changed since \(url.path) was prepared of it"
            )
        }
        let held = Set(heldOut.map(\.member))
        var people = PersonIndex()
        try dataset.forEach { member in
            guard people.insert(member.member, Timeline(member)), !held.contains(member.member) else {
                return
            }
            try body(member)
        }
    }

    /// The ratings of the training members whose films the catalogue has, user after user.
    package func ratings(_ catalog: Catalog) throws -> [RatingsFile.Rating] {
        var members: [Timeline] = []
        try forEachTrainingMember { members.append(Timeline($0)) }
        return Self.ratings(members, catalog)
    }

    static func ratings(_ members: [Timeline], _ catalog: Catalog) -> [RatingsFile.Rating] {
        var ratings: [RatingsFile.Rating] = [], user: UInt32 = 0
        for member in members {
            let count = ratings.count
            for rated in member.rated {
                guard let row = rated.film.id.flatMap(catalog.row(of:)) else { continue }
                let time = UInt32(clamping: rated.time)
                ratings.append(.init(user: user, movie: UInt32(row), rating: Float(rated.rating), time: time))
            }
            if ratings.count > count { user += 1 }
        }
        return ratings
    }

    package func filmMeans(damping: Double) throws -> FilmMeans {
        var means = FilmMeans(damping: damping)
        try forEachTrainingMember { member in Timeline(member).rated.forEach { means.add($0.film) } }
        return means
    }
}
