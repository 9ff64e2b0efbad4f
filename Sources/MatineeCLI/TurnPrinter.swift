import Foundation
import Matinee

/// Shows a turn sentence by sentence while a language model writes it; one that is there at once is left alone.
actor TurnPrinter {
    private let rendering: Rendering
    private let begin: @Sendable () async -> Void
    private var picks: [Pick] = []
    /// The rank of the pick whose reason was shown last; 0 for the reply.
    private var rank: Int?
    private var column = 0

    /// Whether anything was shown.
    var hasBegun: Bool { rank != nil }

    /// - Parameter begin: is called once, before anything is shown.
    init(_ rendering: Rendering, begin: @escaping @Sendable () async -> Void) {
        (self.rendering, self.begin) = (rendering, begin)
    }

    func take(_ event: TurnEvent) async {
        switch event {
        case .picks(let found): picks = found.allSatisfy(\.reason.isEmpty) ? found : []
        case .text(let text) where !picks.isEmpty: await show(text, rank: 0)
        case .reason(let rank, let text): await show(text, rank: rank)
        case .text, .request, .candidates, .fallback: break
        }
    }

    private func show(_ text: String, rank: Int) async {
        if self.rank == nil { await begin() }
        var shown = ""
        if rank != self.rank {
            shown = self.rank == nil ? "\n" : "\n\n"
            if let pick = picks.first(where: { $0.rank == rank }) {
                shown += rendering.heading(pick) + "\n   "
            }
            (self.rank, column) = (rank, rank == 0 ? 0 : 3)
        }
        let indent = rank == 0 ? 0 : 3
        for word in text.split(separator: " ") {
            if column > indent, column + word.count + 1 > rendering.terminal.width {
                shown += "\n" + String(repeating: " ", count: indent)
                column = indent
            }
            shown += (column > indent ? " " : "") + word
            column += word.count + (column > indent ? 1 : 0)
        }
        try? FileHandle.standardOutput.write(contentsOf: Data(shown.utf8))
    }
}
