import Foundation
package import Matinee

/// A turn to learn from: what was said before it, and the films that were recommended then.
package struct FusionExample: Sendable {
    /// The number of the dialogue, from 0.
    package var dialogueNumber: Int
    package var dialogue: Dialogue
    /// Rows of the catalogue; not empty.
    package var golds: [Int]
    /// Rows of films named before, which are never the answer.
    package var named: Set<Int>

    package init(dialogueNumber: Int, dialogue: Dialogue, golds: [Int], named: Set<Int>) {
        (self.dialogueNumber, self.dialogue) = (dialogueNumber, dialogue)
        (self.golds, self.named) = (golds, named)
    }

    /// The gradient of the loss `-Σ log softmax(scores)[gold]` by the scores, and the loss; films named take no part.
    func gradient(of scores: [Float], rows: [Int]) -> (gradient: [Float], loss: Float) {
        var shares = scores
        for (place, row) in rows.enumerated() where named.contains(row) { shares[place] = -.infinity }
        let highest = shares.max() ?? 0
        var total: Float = 0
        for place in shares.indices {
            shares[place] = exp(shares[place] - highest)
            total += shares[place]
        }
        let count = Float(golds.count)
        for place in shares.indices { shares[place] *= count / total }
        var loss: Float = 0
        for gold in golds {
            guard let place = rows.count > gold && rows[gold] == gold ? gold : rows.firstIndex(of: gold)
            else { continue }
            loss += highest + log(total) - scores[place]
            shares[place] -= 1
        }
        return (shares, loss)
    }
}
