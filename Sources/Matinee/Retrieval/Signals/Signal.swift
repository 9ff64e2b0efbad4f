/// What speaks for a movie in a dialogue: one number each, which ``FusionNet`` weighs.
///
/// The raw values are the names in `fusion.json` and in evaluations (`fusion-without-text`). A signal of which nothing
/// is known (no ratings, no films named) has the value that training found in the mean.
package enum Signal: String, CaseIterable, Codable, Sendable {
    /// Cosine between the movie's vector and that of the last message, without the titles in it.
    case textLast = "text.last"
    /// The same with the mean of all of the user's messages.
    case textUser = "text.user"
    /// The same with the mean of everybody's messages.
    case textAll = "text.all"

    /// Cosine with the mean of the films named.
    case filmMean = "film.mean"
    /// The largest cosine with a film named.
    case filmMax = "film.max"
    /// Cosine with the film named last.
    case filmLast = "film.last"
    /// The largest share of title words in common with a film named: sequels.
    case filmTitle = "film.title"
    /// The largest cosine with a film disliked.
    case filmDisliked = "film.disliked"

    /// Sum of the EASE weights from the films named, over the square root of their number (Steck 2019).
    case ratedSum = "rated.sum"
    /// The largest of these weights.
    case ratedMax = "rated.max"
    /// log (1 + how many rated it).
    case ratedCount = "rated.count"

    /// Σ c(g,f) / (n(g) + 3) over films g named: c dialogues name both, n(g) name g.
    case saidShare = "said.share"
    /// The largest cosine c(g,f) / √((n(g) + 2)(n(f) + 2)).
    case saidMax = "said.max"
    /// The sum of these cosines.
    case saidSum = "said.sum"
    /// Σ log (((c + 10·p(f)) / (n(g) + 10)) / p(f)) over the square root of their number: smoothed surprise
    /// (Dirichlet prior, as in language models for retrieval, Zhai and Lafferty 2001).
    case saidSurprise = "said.surprise"
    /// The cosine with the film named last.
    case saidLast = "said.last"
    /// As ``saidShare``, of dialogues that recommend f.
    case saidRecommended = "said.recommended"
    /// log (1 + dialogues that name the movie).
    case saidMentions = "said.mentions"
    /// log (1 + dialogues that recommend it).
    case saidRecommendations = "said.recommendations"
    /// log (1 + dialogues in which the user names it).
    case saidAsked = "said.asked"

    /// The weights 1 / (1 + place / 6) of the movie in the editorial lists of the films named, summed, over the square root
    /// of their number.
    case alikeListed = "alike.listed"
    /// The same of the films named in the movie's list.
    case alikeListing = "alike.listing"
    /// The cosines between its list and theirs.
    case alikeCommon = "alike.common"
    /// The weights of movie and film named last in each other's lists.
    case alikeLast = "alike.last"

    /// The weights 1 / (1 + place / 10) of the movie in the editorial lists of the themes that the user's words name, summed,
    /// over the square root of how many themes they are.
    case themeSum = "theme.sum"
    /// The largest of these weights.
    case themeMax = "theme.max"
    /// As ``themeSum``, of the user's last message.
    case themeLast = "theme.last"

    /// Genres that the words name, shared with the movie, over the square root of how many it has.
    case genreWords = "genre.words"
    /// The same with the genres of the films named, in the mean.
    case genreFilms = "genre.films"
    /// How many actors the movie shares with the films named.
    case peopleCast = "people.cast"
    /// How many directors.
    case peopleDirectors = "people.directors"
    /// How many of the movie's people the words name.
    case peopleWords = "people.words"
    /// Distance in years to the mean of the films named, times -1/20.
    case yearMean = "year.mean"
    /// The same to the film named last.
    case yearLast = "year.last"
    /// BM25 of the user's words over title, genres, keywords, overview and people (Robertson and Zaragoza 2009), over 10.
    case wordsUser = "words.user"
    /// The same of the user's last message.
    case wordsLast = "words.last"

    /// How commonly people name it, 0...1; of the starter catalogue where the row does not say.
    case priorPopularity = "prior.popularity"
    /// Whether that is known.
    case priorKnown = "prior.known"
    /// (year - 2000) / 15.
    case priorYear = "prior.year"
    /// How new it is: 0 before 2008 to 1 from 2018 on.
    case priorRecent = "prior.recent"
    /// The share of the fields that are known.
    case priorComplete = "prior.complete"

    /// The name before the dot: `text`, `film`, `rated`, `said`, `alike`, `theme`, `genre`, `people`, `year`, `words`, `prior`.
    package var group: String { String(rawValue.prefix { $0 != "." }) }

    /// All groups, in the order of the signals.
    package static let groups = unique(allCases.map(\.group))

    package static let count = allCases.count

    /// The place of the signal in a row of a ``SignalTable``.
    var place: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(
        zip(allCases, 0...),
        uniquingKeysWith: { first, _ in first }
    )
}
