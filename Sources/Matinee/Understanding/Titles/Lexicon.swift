/// The words of the catalogue's titles and texts, numbered in the order in which they were first met.
///
/// A hash table of its own over the bytes of the words: reading the titles of 87,585 films looks up a million words.
struct Lexicon: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int32] = [0]
    private var hashes: [UInt64] = []
    private var slots = [Int32](repeating: -1, count: 1 << 12)

    /// How often each word stands in lower case in the overviews and keywords.
    private(set) var frequencies: [Int32] = []

    /// How many words the overviews and keywords have that were counted.
    private(set) var counted = 0

    /// How many words there are.
    var count: Int { hashes.count }

    /// The number of a folded word, or `nil`.
    func id(of word: some StringProtocol) -> Int32? {
        var word = String(word)
        return word.withUTF8 { word in
            let found = slots[slot(word, Self.hash(word))]
            return found < 0 ? nil : found
        }
    }

    /// The number of a word, a new one for a word not met before.
    mutating func insert(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = Self.hash(word), slot = slot(word, hash)
        if slots[slot] >= 0 { return slots[slot] }
        let id = Int32(count)
        slots[slot] = id
        bytes.append(contentsOf: word)
        ends.append(Int32(bytes.count))
        hashes.append(hash)
        frequencies.append(0)
        if count * 2 > slots.count { grow() }
        return id
    }

    mutating func insert(_ word: some StringProtocol) -> Int32 {
        var word = String(word)
        return word.withUTF8 { insert($0) }
    }

    /// Counts one occurrence in lower case.
    mutating func count(_ id: Int32) {
        frequencies[Int(id)] += 1
        counted += 1
    }

    /// The bytes of a word in UTF-8.
    func spelling(of id: Int32) -> ArraySlice<UInt8> { bytes[Int(ends[Int(id)])..<Int(ends[Int(id) + 1])] }

    /// Occurrences of a word in a million words of text.
    func perMillion(_ id: Int32) -> Double {
        counted == 0 ? 0 : Double(frequencies[Int(id)]) * 1_000_000 / Double(counted)
    }

    private func slot(_ word: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0, !isSame(slots[slot], word, hash) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private func isSame(_ id: Int32, _ word: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Bool {
        hashes[Int(id)] == hash && spelling(of: id).elementsEqual(word)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for (id, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(id)
        }
    }

    /// FNV-1a, its bits mixed; begun at random, so that no catalogue can be made to collide.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = start
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ (hash >> 32)) &* 0xd6e8_feb8_6659_fd93
        return hash ^ (hash >> 32)
    }

    private static let start = UInt64.random(in: .min ... .max)
}
