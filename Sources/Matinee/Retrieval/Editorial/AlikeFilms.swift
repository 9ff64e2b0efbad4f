/// Films that people name to somebody who liked a film: for each about twelve, the likeliest first.
package struct AlikeFilms: Sendable {
    package typealias Entry = (row: Int32, weight: Float)

    /// For each row the films of its list, and those whose lists have it.
    let lists: [[Entry]]
    private let listing: [[Entry]]
    /// The length (Euclidean norm) of each list's weights.
    private let lengths: [Float]

    /// - Parameters:
    ///   - places: for each film of the file the films of its list.
    ///   - rows: of each film of the file, where the catalogue has it.
    ///   - count: of the catalogue's rows.
    package init(_ places: [[Int]], rows: [Int32?], count: Int) {
        var lists = [[Entry]](repeating: [], count: count), listing = lists
        for (film, list) in zip(rows, places) {
            guard let film, lists[Int(film)].isEmpty else { continue }
            for (place, other) in list.enumerated() {
                guard let other = rows[other], other != film else { continue }
                let weight = 1 / (1 + Float(place) / 6)
                lists[Int(film)].append((other, weight))
                listing[Int(other)].append((film, weight))
            }
        }
        (self.lists, self.listing) = (lists, listing)
        lengths = lists.map { list in
            list.reduce(Float(0)) { $0 + $1.weight * $1.weight }.squareRoot()
        }
    }

    /// Whether one of two films is in the list of the other.
    func links(_ one: Int, _ other: Int) -> Bool {
        lists[one].contains { $0.row == other } || lists[other].contains { $0.row == one }
    }

    /// The weights that rows have in the lists of the films, summed.
    package func listed(by films: some Sequence<Int>) -> [Int32: Float] { Self.sum(films, lists) }

    /// The weights that the films have in the lists of rows, summed.
    package func listing(_ films: some Sequence<Int>) -> [Int32: Float] { Self.sum(films, listing) }

    /// The cosines between the lists of rows and those of the films, summed.
    package func common(with films: some Sequence<Int>) -> [Int32: Float] {
        films.reduce(into: [:]) { sum, film in
            for (other, weight) in lists[film] {
                for (row, theirs) in listing[Int(other)] where row != film {
                    sum[row, default: 0] += weight * theirs / (lengths[film] * lengths[Int(row)])
                }
            }
        }
    }

    private static func sum(_ films: some Sequence<Int>, _ entries: [[Entry]]) -> [Int32: Float] {
        films.reduce(into: [:]) { sum, film in
            for (row, weight) in entries[film] { sum[row, default: 0] += weight }
        }
    }
}
