/// How many tokens a text has at most, as tokenizers of language models go; none is known here, so this errs upwards.
///
/// A run of ASCII letters counts a token for every three, with the space before it; each digit, sign and line break
/// counts one; any other character counts its bytes in UTF-8, which byte-pair encodings cannot exceed.
package func tokenEstimate(_ text: String) -> Int {
    var tokens = 0, letters = 0
    for byte in text.utf8 {
        switch byte {
        case 65...90, 97...122: letters += 1
        default:
            tokens += (letters + 2) / 3 + (byte == 32 ? 0 : 1)
            letters = 0
        }
    }
    return tokens + (letters + 2) / 3
}

extension Chat {
    /// How many tokens are read of it at most: its texts, the schema, and four to a message for its frame.
    package var promptTokens: Int {
        messages.reduce(schema.map { tokenEstimate($0.json) } ?? 0) { $0 + tokenEstimate($1.text) + 4 } + 3
    }
}
