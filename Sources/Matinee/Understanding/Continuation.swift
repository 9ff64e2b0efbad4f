/// Goes on from the request before: a message that only constrains, or that amends, keeps the rest of it.
struct Continuation {
    let conversation: Conversation
    /// The request before, corrected where the message corrects it.
    let last: Request?
    /// Whether the message changes the request before it.
    let amends: Bool
    /// Whether the message asks for no more than it says.
    let isAnew: Bool

    func apply(to request: inout Request) {
        if let last, goesOn(request) {
            let isNarrower =
                request.act == .recommend && !request.constraints.isEmpty || request.unwanted != nil
            if isNarrower, request.act == .recommend { request.act = .narrower }
            request.wish = joined(wish(of: last, before: request), request.wish)
            request.unwanted = joined(last.unwanted, request.unwanted)
            let earlier = last.named.filter { film in !request.named.contains { $0.id == film.id } }
            request.named += earlier
            request.carried = earlier.map(\.id).filter { !request.corrected.contains($0) }
            request.compared += last.compared.filter { id in earlier.contains { $0.id == id } }
            request.alike += last.alike.filter { id in earlier.contains { $0.id == id } }
            request.constraints.narrow(last.constraints)
        } else if let last, last.isFrame, request.act == .recommend, !isAnew {
            request.constraints.narrow(last.constraints)
        }
        if request.constraints.audience == nil, request.constraints.certificates.isEmpty {
            request.constraints.audience = conversation.last?.constraints.audience
        }
        let kept = conversation.excludedGenres.filter {
            !request.constraints.genres.in.contains($0) && !request.constraints.genres.out.contains($0)
        }
        request.constraints.genres.out += kept
    }

    private func goesOn(_ request: Request) -> Bool {
        guard request.wish == nil || amends, !isAnew else { return false }
        if !amends, request.named.contains(where: { $0.stance != .seen }), request.act != .feedback {
            return false
        }
        return amends || request.act == .more || !request.constraints.isEmpty || request.unwanted != nil
            || !request.named.isEmpty
    }

    /// The wish before, unless it only named genres and other ones are asked for now.
    private func wish(of last: Request, before request: Request) -> String? {
        guard let wish = last.wish, !request.constraints.genres.isEmpty else { return last.wish }
        let said = words(in: wish).map(\.folded)
        return said.allSatisfy(GenreWords.isGenre) ? nil : wish
    }

    /// What was said before and what is said now, as one text.
    private func joined(_ earlier: String?, _ now: String?) -> String? {
        guard let earlier, let now else { return now ?? earlier }
        return earlier == now ? now : earlier + ", " + now
    }
}

extension Request {
    /// Whether it says nothing but what must hold, so that the wish is still to come: `I only have 90 minutes`.
    fileprivate var isFrame: Bool {
        wish == nil && unwanted == nil && named.isEmpty && !constraints.isEmpty
            && constraints.genres.in.isEmpty
    }
}

/// Applies a correction to the request before it.
struct Correction {
    struct Applied {
        var last: Request?
        var isCorrected = false
        /// The stances that films of this message take over from those they replace.
        var kept: [String: Stance] = [:]
    }

    private let catalog: Catalog
    private let titles: TitleLinker

    init(_ catalog: Catalog, _ titles: TitleLinker) { (self.catalog, self.titles) = (catalog, titles) }

    /// The request before as it was meant: another film of the same title, or the film named now instead of the one
    /// that was misread.
    func applied(
        _ message: Message,
        _ mentions: [TitleLinker.Mention],
        _ last: Request?,
        _ request: inout Request,
        _ taken: inout TakenWords
    ) -> Applied {
        let reader = CorrectionReader()
        guard var last, let found = reader.read(message) else { return Applied(last: last) }
        let fresh = last.named.indices.filter { !last.carried.contains(last.named[$0].id) }
        if let version = found.version {
            for i in (fresh.isEmpty ? Array(last.named.indices) : fresh).reversed() {
                guard let row = catalog.row(of: last.named[i].id),
                    let meant = reader.film(version, instead: row, among: titled(as: row), catalog)
                else { continue }
                let stance = last.named[i].stance
                last.named.remove(at: i)
                request.corrected = [catalog[row].id]
                request.name(catalog[meant], stance)
                taken.spans += found.spans
                return Applied(last: last, isCorrected: true)
            }
            if found.spans.count == 1 { return Applied(last: last) }
        }
        taken.spans += found.spans
        guard !mentions.isEmpty, let misread = fresh.last else {
            return Applied(last: last, isCorrected: true)
        }
        let old = last.named.remove(at: misread)
        request.corrected = [old.id]
        let kept = Dictionary(mentions.map { (catalog[$0.row].id, old.stance) }, uniquingKeysWith: { $1 })
        return Applied(last: last, isCorrected: true, kept: kept)
    }

    /// The rows of all films with the title of this one.
    private func titled(as row: Int) -> [Int] {
        let title = catalog[row].title
        return catalog.movies.indices.filter { catalog[$0].title == title }
    }
}
