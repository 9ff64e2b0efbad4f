import Matinee

/// Tells whether a member is somebody who came before, under another name: in two exports, or in an export and a feed.
///
/// A quarter of all ratings (title, rating, day) is remembered by its hash; two members are the same person where at
/// least three of these, and half of the fewer, are the same.
struct PersonIndex {
    private var owners: [UInt64: Int32] = [:]
    private var names: Set<String> = []
    private var sizes: [Int32] = []

    /// Whether the member is new; then it is remembered.
    mutating func insert(_ member: String, _ timeline: Timeline) -> Bool {
        guard names.insert(member).inserted else { return false }
        let hashes = timeline.rated.map(hash).filter { $0 & 3 == 0 }
        var shared: [Int32: Int] = [:]
        for hash in hashes { if let owner = owners[hash] { shared[owner, default: 0] += 1 } }
        let isKnown = shared.contains { owner, count in
            count >= 3 && 2 * count >= min(hashes.count, Int(sizes[Int(owner)]))
        }
        guard !isKnown else { return false }
        let own = Int32(sizes.count)
        sizes.append(Int32(hashes.count))
        for hash in hashes { owners[hash] = own }
        return true
    }

    private func hash(_ rated: Timeline.Rated) -> UInt64 {
        let text = "\(rated.key)|\(rated.rating)|\(rated.time / 86_400)"
        let hash = stableHash(text)
        return hash ^ hash >> 29
    }
}

/// FNV-1a, which is the same on every run and every machine.
func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
}
