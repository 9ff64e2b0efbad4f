import Foundation

/// Says of a pick what it is and why it fits, in facts of the catalogue that drove its score.
public struct Explainer: Sendable {
    public let name = "built-in"

    private let finder: EvidenceFinder

    init(catalog: Catalog, movies: EmbeddingMatrix, keywords: KeywordVectors, editorial: Editorial?) {
        finder = EvidenceFinder(catalog: catalog, movies: movies, keywords: keywords, editorial: editorial)
    }

    /// The picks with their reasons, in the order of the candidates.
    func explain(_ candidates: [Candidate], _ context: EvidenceFinder.Context) -> [Pick] {
        var context = context
        context.keywordScale = finder.keywordScale(context.text)
        return candidates.enumerated().compactMap { place, candidate in
            guard let row = finder.catalog.row(of: candidate.id) else { return nil }
            let movie = finder.catalog[row]
            let evidence = finder.evidence(for: candidate, context)
            return Pick(
                rank: place + 1,
                id: movie.id,
                title: movie.title,
                year: movie.year,
                genres: movie.genres,
                runtime: movie.runtime,
                directors: movie.directors,
                score: candidate.scores.final,
                reason: reason(movie, evidence),
                evidence: evidence
            )
        }
    }

    /// A pick whose reason says nothing of the words of the wish.
    func withoutWords(_ pick: Pick) -> Pick {
        guard let row = finder.catalog.row(of: pick.id) else { return pick }
        var pick = pick
        pick.evidence.removeAll { fact in
            switch fact {
            case .keywords, .themes: true
            default: false
            }
        }
        if pick.evidence.isEmpty { pick.evidence = [.meaning] }
        pick.reason = reason(finder.catalog[row], pick.evidence)
        return pick
    }

    private func reason(_ movie: Movie, _ evidence: [Evidence]) -> String {
        let asked = evidence.compactMap(askedFor)
        let why =
            evidence.compactMap(phrase) + likenesses(evidence)
            + (asked.isEmpty ? [] : ["as you asked: \(asked.joined(separator: ", "))"])
            + evidence.compactMap(caution)
        let sentence = why.joined(separator: "; ")
        return [summary(movie), sentence.prefix(1).uppercased() + sentence.dropFirst() + "."]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The overview's first sentence, or as much of it as a line or two can hold.
    private func summary(_ movie: Movie) -> String {
        guard let overview = movie.overview else {
            return movie.genres.isEmpty ? "" : list(movie.genres) + "."
        }
        let sentence = overview.firstMatch(of: /^.{20,}?[.!?](?=\s|$)/).map { String($0.output) } ?? overview
        guard sentence.count > 220 else { return sentence }
        let cut = sentence.prefix(220)
        return cut[..<(cut.lastIndex(of: " ") ?? cut.endIndex)] + "…"
    }

    /// A fact that was asked for, in a few words.
    private func askedFor(_ evidence: Evidence) -> String? {
        switch evidence {
        case .genres(let genres): list(genres.map(genrePhrase))
        case .people(let people): "with \(list(people))"
        case .origin(let names): list(names)
        case .year(let year): "from \(year)"
        case .runtime(let minutes): "\(minutes) minutes long"
        default: nil
        }
    }

    private func phrase(_ evidence: Evidence) -> String? {
        switch evidence {
        case .keywords(let words): "close to your wish in \(list(words.map(quoted)))"
        case .themes(let names): "one of the films that come to mind for \(list(names.map(quoted)))"
        case .named: "you named it"
        case .taste: "near to your taste so far"
        case .meaning: "near to your wish as a whole, though no single fact stands out"
        case .wellKnown: "one of the films that people name most often"
        default: nil
        }
    }

    /// What must be said against a pick.
    private func caution(_ evidence: Evidence) -> String? {
        switch evidence {
        case .note(.unknownField): "but the catalogue does not know all of it that you asked for"
        case .note(.nearMiss): "but it does not fit all that you asked for"
        case .note(.shownBefore): "I have shown it to you before"
        default: nil
        }
    }

    /// What ties the pick to films that the user likes; films with the same tie share a phrase.
    private func likenesses(_ evidence: [Evidence]) -> [String] {
        var near: [String] = [], listed: [String] = [], ties: [(tie: String, titles: [String])] = []
        for fact in evidence {
            switch fact {
            case .near(let title): near.append(title)
            case .listed(let title): listed.append(title)
            case .shared(let title, let people, let words, let genres):
                let tie = list(people + words.map(quoted) + genres.map(genrePhrase))
                if let known = ties.firstIndex(where: { $0.tie == tie }) {
                    ties[known].titles.append(title)
                } else {
                    ties.append((tie, [title]))
                }
            default: break
            }
        }
        let shared = ties.map { "like \(list($0.titles)), which you like, it has \($0.tie)" }
        return shared
            + (listed.isEmpty ? [] : ["listed for those who like \(list(listed)), as you do"])
            + (near.isEmpty ? [] : ["among the films nearest to \(list(near)), which you like"])
    }

    private func quoted(_ words: String) -> String { "“\(words)”" }

    private func genrePhrase(_ genre: String) -> String {
        genre == "Film Noir" ? "film noir" : genre.lowercased()
    }
}

/// Names in a sentence: `a`, `a and b`, `a, b and c`.
package func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
}
