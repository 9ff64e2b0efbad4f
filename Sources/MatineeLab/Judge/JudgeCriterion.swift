/// What is judged, each on a scale of 1 to 5 whose ends and middle are described.
package enum JudgeCriterion: String, Sendable, CaseIterable, Codable {
    case relevance, personalisation, diversity, clarity, overall

    /// What the criterion asks.
    var question: String {
        switch self {
        case .relevance: "Do the films fit what the person asked for, in every turn?"
        case .personalisation:
            "Does the recommender use what this person said: films liked and disliked, conditions, earlier messages?"
        case .diversity: "Do the films of a list differ from each other, as far as the request allows?"
        case .clarity:
            "Does each explanation say plainly why this very film is shown, truthfully and specifically?"
        case .overall: "Taken together, how well was this person served?"
        }
    }

    /// What 1, 3 and 5 mean; 2 and 4 lie between.
    var anchors: (one: String, three: String, five: String) {
        switch self {
        case .relevance:
            (
                "no film fits, or a stated condition is broken", "about half of the films fit",
                "every film fits"
            )
        case .personalisation:
            (
                "anybody could have been answered so, or against what was said",
                "the latest message is used, earlier ones are not",
                "films, conditions and corrections of all messages show in the answers"
            )
        case .diversity:
            (
                "nearly the same film again and again", "some variety",
                "each film is another way to meet the request"
            )
        case .clarity:
            (
                "explanations are missing, wrong, or belong to other films",
                "true but vague, they would fit many films",
                "each says what the film is and why it fits this request"
            )
        case .overall:
            ("useless", "acceptable, with clear faults", "what a very good film friend would have said")
        }
    }

    var rubric: String {
        "- \(rawValue): \(question) 1 = \(anchors.one); 3 = \(anchors.three); 5 = \(anchors.five)."
    }
}
