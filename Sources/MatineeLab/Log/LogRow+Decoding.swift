import Matinee

// Read leniently where nothing hangs on it (names, reasons, scores), strictly where a measure would be wrong without a
// word: picks, candidates and vectors.

extension LogRow: Decodable {
    private enum CodingKeys: String, CodingKey {
        case user, turn, message, request, candidates, picks, reply, models, fallbacks, alpha, created, undone
        case timings = "timings_ms"
        case languageModel = "language_model"
        case present = "e_t"
        case taste = "u_t"
    }

    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        picks = try Self.ordered(row.decode([RankedPick].self, forKey: .picks))
        user = try row.decodeIfPresent(String.self, forKey: .user)
        turn = try row.decodeIfPresent(Int.self, forKey: .turn)
        message = try row.decodeIfPresent(String.self, forKey: .message)
        request = try row.decodeIfPresent(Request.self, forKey: .request) ?? Request()
        candidates = try row.decodeIfPresent([Candidate].self, forKey: .candidates) ?? []
        reply = try row.decodeIfPresent(String.self, forKey: .reply)
        models =
            try row.decodeIfPresent([String: String?].self, forKey: .models)?.compactMapValues(\.self) ?? [:]
        fallbacks = try row.decodeIfPresent([Fallback].self, forKey: .fallbacks) ?? []
        timings =
            try row.decodeIfPresent([String: Double?].self, forKey: .timings)?.compactMapValues(\.self) ?? [:]
        languageModel = try? row.decodeIfPresent(LanguageModelUse.self, forKey: .languageModel)
        present = try row.decodeIfPresent([Float].self, forKey: .present)
        taste = try row.decodeIfPresent([Float].self, forKey: .taste)
        alpha = try row.decodeIfPresent(Double.self, forKey: .alpha)
        created = try row.decodeIfPresent(String.self, forKey: .created)
        undone = try row.decodeIfPresent(Bool.self, forKey: .undone) ?? false
    }

    /// The picks by their rank where all have one, else in the order of the row.
    private static func ordered(_ picks: [RankedPick]) -> [Pick] {
        guard picks.allSatisfy({ $0.rank != nil }) else { return picks.map(\.pick) }
        return picks.enumerated().sorted {
            ($0.element.rank ?? 0, $0.offset) < ($1.element.rank ?? 0, $1.offset)
        }
        .map(\.element.pick)
    }
}

private struct RankedPick: Decodable {
    var rank: Int?
    var pick: LogRow.Pick

    private enum CodingKeys: String, CodingKey { case rank }

    init(from decoder: any Decoder) throws {
        rank = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(Int.self, forKey: .rank)
        pick = try LogRow.Pick(from: decoder)
    }
}

extension LogRow.Request: Decodable {
    private enum CodingKeys: String, CodingKey { case act, wish, unwanted, named, constraints }

    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        act = try row.decodeIfPresent(String.self, forKey: .act)
        wish = try row.decodeIfPresent(String.self, forKey: .wish)
        unwanted = try row.decodeIfPresent(String.self, forKey: .unwanted)
        named = try row.decodeIfPresent([LogRow.Named].self, forKey: .named) ?? []
        constraints = try? row.decodeIfPresent(Constraints.self, forKey: .constraints)
    }
}

extension LogRow.Candidate: Decodable {
    private enum CodingKeys: String, CodingKey { case id, title, year, scores, note }

    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        id = try row.decode(String.self, forKey: .id)
        title = try row.decodeIfPresent(String.self, forKey: .title)
        year = try row.decodeIfPresent(Int.self, forKey: .year)
        scores =
            try row.decodeIfPresent([String: Double?].self, forKey: .scores)?.compactMapValues(\.self) ?? [:]
        note = try row.decodeIfPresent(String.self, forKey: .note)
    }
}

extension LogRow.Pick: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, title, year, genres, runtime, directors, score, reason, evidence
    }

    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        id = try row.decode(String.self, forKey: .id)
        title = try row.decodeIfPresent(String.self, forKey: .title)
        year = try row.decodeIfPresent(Int.self, forKey: .year)
        genres = try row.decodeIfPresent([String].self, forKey: .genres) ?? []
        runtime = try row.decodeIfPresent(Int.self, forKey: .runtime)
        directors = try row.decodeIfPresent([String].self, forKey: .directors) ?? []
        score = try row.decodeIfPresent(Double.self, forKey: .score)
        reason = try row.decodeIfPresent(String.self, forKey: .reason)
        evidence =
            (try? row.decodeIfPresent([Lenient<Evidence>].self, forKey: .evidence)?.compactMap(\.value)) ?? []
    }
}

/// A value, or `nil` where it is of another form.
private struct Lenient<Value: Decodable>: Decodable {
    var value: Value?

    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}
