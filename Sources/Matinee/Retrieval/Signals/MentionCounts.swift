/// In how many dialogues films are named, recommended, and named together: counts alone, no texts.
///
/// Counted over training conversations by ``add(_:times:)`` and taken out again for one dialogue, so that training never
/// sees in the counts what it is to predict.
package struct MentionCounts: Sendable {
    /// What one dialogue adds.
    package struct Counted: Sendable {
        /// Rows named by anybody, sorted.
        package var named: [Int]
        /// Those that were recommended, and those that the user named first.
        package var recommended: Set<Int>
        package var asked: Set<Int>

        package init(named: Set<Int>, recommended: Set<Int>, asked: Set<Int>) {
            (self.named, self.recommended, self.asked) = (named.sorted(), recommended, asked)
        }
    }

    package private(set) var dialogues = 0
    /// For each row: dialogues that name, recommend it, and in which the user names it.
    package private(set) var named: [Int32]
    package private(set) var recommended: [Int32]
    package private(set) var asked: [Int32]
    /// For each row, the rows named with it and in how many dialogues; and those of them that were recommended.
    package private(set) var together: [[Int32: Int32]]
    package private(set) var recommendedWith: [[Int32: Int32]]

    package init(movies: Int) {
        (named, recommended, asked) = (
            Array(repeating: 0, count: movies), Array(repeating: 0, count: movies),
            Array(repeating: 0, count: movies)
        )
        (together, recommendedWith) = (
            Array(repeating: [:], count: movies), Array(repeating: [:], count: movies)
        )
    }

    /// Counts a dialogue, or with `times` -1 takes it out again.
    package mutating func add(_ dialogue: Counted, times: Int32 = 1) {
        dialogues += Int(times)
        for row in dialogue.named {
            named[row] += times
            for other in dialogue.named where other != row {
                add(times, at: Int32(other), to: &together[row])
                if dialogue.recommended.contains(other) {
                    add(times, at: Int32(other), to: &recommendedWith[row])
                }
            }
        }
        for row in dialogue.recommended { recommended[row] += times }
        for row in dialogue.asked { asked[row] += times }
    }

    /// Takes over counts of films, each of a row or of none.
    mutating func set(
        dialogues: Int,
        rows: [Int?],
        _ named: [Int32],
        _ recommended: [Int32],
        _ asked: [Int32]
    ) {
        self.dialogues = dialogues
        for (place, row) in rows.enumerated() {
            guard let row else { continue }
            self.named[row] = named[place]
            self.recommended[row] = recommended[place]
            self.asked[row] = asked[place]
        }
    }

    /// Takes over in how many dialogues `other` is named, and recommended, with `row`.
    mutating func set(_ row: Int, _ other: Int, _ count: Int32, recommended: Int32) {
        together[row][Int32(other)] = count
        if recommended > 0 { recommendedWith[row][Int32(other)] = recommended }
    }

    private func add(_ times: Int32, at row: Int32, to counts: inout [Int32: Int32]) {
        let count = (counts[row] ?? 0) + times
        counts[row] = count == 0 ? nil : count
    }

    /// The share of dialogues that name a movie, smoothed, so that it is above 0.
    func share(_ row: Int) -> Float { (Float(named[row]) + 0.05) / Float(dialogues + 50) }
}
