import Matinee

/// A member's ratings in the order of time, each film once, and what was known before each of them.
struct Timeline {
    struct Rated {
        var film: DatasetMember.Film
        /// The folded title: films that share it are held for the same, so that no other edition gives one away.
        var key: String
        var rating: Double
        var time: Int
    }

    /// Oldest first.
    let rated: [Rated]

    /// Films without a rating or without its time cannot be placed; of one that comes again, the latest counts.
    init(_ member: DatasetMember) {
        var latest: [String: Rated] = [:]
        for film in member.films {
            guard let rating = film.rating, (0.5...5).contains(rating), let time = film.time else { continue }
            let key = folded(film.title), name = "\(key) \(film.year ?? 0)"
            if let known = latest[name], known.time >= time { continue }
            latest[name] = Rated(film: film, key: key, rating: rating, time: time)
        }
        rated = latest.sorted { a, b in
            a.value.time != b.value.time ? a.value.time < b.value.time : a.key < b.key
        }.map(\.value)
    }

    /// How many films were rated before a time, not at it.
    func count(before time: Int) -> Int {
        var low = 0, high = rated.count
        while low < high {
            let middle = (low + high) / 2
            if rated[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What was rated before a time, without the film itself in any edition.
    func history(before time: Int, without film: Rated) -> [Rated] {
        rated[..<count(before: time)].filter {
            $0.key != film.key && ($0.film.id == nil || $0.film.id != film.film.id)
        }
    }
}
