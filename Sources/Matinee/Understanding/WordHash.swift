/// The words of a folded text by their 64-bit hashes (FNV-1a), of at least `least` bytes: a fifth of the time that strings
/// in a set take. Among a million words, two share a hash with a chance of 1 in 37 million.
func wordHashes(in folded: String, least: Int = 1) -> [UInt64] {
    var folded = folded, hashes: [UInt64] = []
    folded.withUTF8 { bytes in
        for word in bytes.split(separator: UInt8(ascii: " ")) where word.count >= least {
            hashes.append(textHash(UnsafeBufferPointer(rebasing: word)))
        }
    }
    return hashes
}

/// The hash of a text as a whole; that of a word is the one that ``wordHashes(in:least:)`` gives.
func textHash(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8(textHash)
}

private func textHash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

/// A folded word in what may be its singular and its plural.
func numberForms(_ word: String) -> [String] {
    if word.hasSuffix("ies") { return [word, word.dropLast(3) + "y"] }
    if word.hasSuffix("y") { return [word, word.dropLast() + "ies"] }
    if word.hasSuffix("es") { return [word, String(word.dropLast()), String(word.dropLast(2))] }
    return word.hasSuffix("s") ? [word, String(word.dropLast())] : [word, word + "s", word + "es"]
}
