/// What happened one after the other, of which each state of a conversation has a beginning: kept once for all states, the
/// oldest dropped beyond `most`.
struct Chronicle<Entry: Sendable>: Sendable {
    let most: Int
    private var entries: [Entry] = []
    private var dropped = 0

    init(most: Int) { self.most = most }

    /// The latest of the first so many that there ever were.
    func first(_ count: Int) -> ArraySlice<Entry> { entries.prefix(max(0, count - dropped)) }

    /// Goes on after the first so many; those after them are forgotten.
    /// - Returns: how many there are now, those dropped among them.
    mutating func append(_ entry: Entry, after count: Int) -> Int {
        let kept = first(count).suffix(most - 1)
        dropped = count - kept.count
        entries = kept + [entry]
        return count + 1
    }
}
