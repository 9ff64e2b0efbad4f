/// Phrases of numbered words as paths from node 0.
///
/// The edges of all nodes are in one hash table, 12 bytes each.
struct TitleTrie: Sendable {
    private var keys = [UInt64](repeating: 0, count: 1 << 12)
    private var targets = [Int32](repeating: 0, count: 1 << 12)

    /// How many nodes there are, the root among them.
    private(set) var count = 1

    init(edges: Int) {
        var capacity = 1 << 12
        while capacity < edges * 2 { capacity *= 2 }
        keys = [UInt64](repeating: 0, count: capacity)
        targets = [Int32](repeating: 0, count: capacity)
    }

    /// The node that the word leads to, or 0.
    func child(of node: Int32, _ word: Int32) -> Int32 { targets[slot(Self.key(node, word))] }

    /// The node that a phrase ends in, made where there is none.
    mutating func insert(_ words: some Sequence<Int32>) -> Int32 {
        var node: Int32 = 0
        for word in words { node = insert(word, after: node) }
        return node
    }

    private mutating func insert(_ word: Int32, after node: Int32) -> Int32 {
        let key = Self.key(node, word), slot = slot(key)
        if targets[slot] != 0 { return targets[slot] }
        (keys[slot], targets[slot]) = (key, Int32(count))
        count += 1
        if count * 2 > keys.count { grow() }
        return Int32(count - 1)
    }

    private static func key(_ node: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
    }

    private func slot(_ key: UInt64) -> Int {
        var mixed = key &* 0x9e37_79b9_7f4a_7c15
        mixed ^= mixed >> 29
        var slot = Int(truncatingIfNeeded: mixed) & (keys.count - 1)
        while targets[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func grow() {
        let (oldKeys, oldTargets) = (keys, targets)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        targets = [Int32](repeating: 0, count: oldKeys.count * 2)
        for (key, target) in zip(oldKeys, oldTargets) where target != 0 {
            let slot = slot(key)
            (keys[slot], targets[slot]) = (key, target)
        }
    }
}
