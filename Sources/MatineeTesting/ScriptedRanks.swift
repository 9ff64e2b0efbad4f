import Matinee

/// Ways of ranking the films that a model is shown.
public enum ScriptedRanks {
    /// What stands first is best: the worst of habits.
    public static let first: @Sendable ([String]) -> [Int] = { Array(1...max(1, $0.count)) }

    /// By a known order of labels (`Heat (1995)`); films that it lacks come last.
    public static func known(_ labels: [String]) -> @Sendable ([String]) -> [Int] {
        { lines in
            let places = lines.map { line in labels.firstIndex(of: label(line)) ?? labels.count }
            return places.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { $0 + 1 }
        }
    }

    /// In an order drawn from the seed and the lines.
    public static func random(seed: UInt64) -> @Sendable ([String]) -> [Int] {
        { lines in
            var generator = SeededGenerator(
                seed: lines.joined().utf8.reduce(seed) { ($0 &* 31) &+ UInt64($1) }
            )
            return (1...max(1, lines.count)).shuffled(using: &generator)
        }
    }

    /// The label of a film in a line such as `3. Heat (1995) | Crime | ...`.
    public static func label(_ line: String) -> String {
        let start = line.firstIndex(of: " ").map { line.index(after: $0) } ?? line.startIndex
        let rest = line[start...]
        return String(rest.firstRange(of: " | ").map { rest[..<$0.lowerBound] } ?? rest)
    }
}
