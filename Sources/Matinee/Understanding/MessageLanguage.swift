/// The language that a message seems to be written in: English, or one whose words must not be misread as English.
enum MessageLanguage: String, CaseIterable {
    case english = "en"
    case french = "fr"
    case spanish = "es"
    case german = "de"
    case italian = "it"
    case portuguese = "pt"

    /// The language whose small words are most frequent in the message: at least two, and more than of English.
    init(of message: Message) {
        let words = Set(message.words.prefix(200).map(\.folded))
        let counts = Self.allCases.map { ($0, words.intersection($0.small).count) }
        let english = counts[0].1, best = counts.dropFirst().max { $0.1 < $1.1 }
        self = best.map { $0.1 >= 2 && $0.1 > english ? $0.0 : .english } ?? .english
    }

    /// Words that are frequent in this language, and rare in the others or in English.
    private var small: Set<String> { Self.smallWords[self] ?? [] }

    private static let smallWords: [MessageLanguage: Set<String>] = [
        .english: wordSet(
            """
            the a an i is and or with not but for like want something movie movies film films to of in my no me from
            """
        ),
        .french: wordSet(
            """
            je un une le la les des du de et ou pas sans avec pour veux voudrais cherche film films comme mais qui
            est sur drole ni aucun aime j d l
            """
        ),
        .spanish: wordSet(
            """
            yo un una el la los las de y o sin con para quiero quisiera busco pelicula peliculas como pero que es no
            nada algo divertida me gusta
            """
        ),
        .german: wordSet(
            """
            ich ein eine einen der die das und oder ohne mit fur will mochte suche film filme wie aber nicht kein
            keine keinen etwas lustig ist bitte
            """
        ),
        .italian: wordSet(
            """
            io un una il lo la gli le di e o senza con per voglio vorrei cerco film come ma che non niente nessun mi
            piace qualcosa divertente
            """
        ),
        .portuguese: wordSet(
            """
            eu um uma o a os as de e ou sem com para quero queria procuro filme filmes como mas que nao nada algo
            gosto
            """
        ),
    ]

    /// The words that negate what follows.
    var negations: Set<String> {
        switch self {
        case .english: []
        case .french: ["pas", "sans", "aucun", "aucune", "jamais", "ni", "sauf"]
        case .spanish: ["sin", "nada", "ningun", "ninguna", "ni", "excepto", "nunca"]
        case .german: ["kein", "keine", "keinen", "nicht", "ohne", "ausser", "nie"]
        case .italian: ["senza", "niente", "nessun", "nessuna", "ne", "tranne", "non"]
        case .portuguese: ["sem", "nada", "nenhum", "nenhuma", "nem", "exceto", "nao"]
        }
    }

    /// The words that name genres, folded; those that are as in English are known already.
    var genres: [String: [String]] { Self.genreWords[self] ?? [:] }

    private static let genreWords: [MessageLanguage: [String: [String]]] = [
        .french: [
            "comedie": ["Comedy"], "comedies": ["Comedy"], "horreur": ["Horror"], "epouvante": ["Horror"],
            "drame": ["Drama"], "policier": ["Crime"], "polar": ["Crime"], "guerre": ["War"],
            "dessin anime": ["Animation"], "dessins animes": ["Animation"],
            "comedie romantique": ["Romance", "Comedy"],
            "comedie musicale": ["Musical"], "comedies musicales": ["Musical"],
            "documentaire": ["Documentary"],
            "fantastique": ["Fantasy"], "drole": ["Comedy"], "droles": ["Comedy"], "peur": ["Horror"],
        ],
        .spanish: [
            "comedia": ["Comedy"], "comedias": ["Comedy"], "terror": ["Horror"], "miedo": ["Horror"],
            "guerra": ["War"], "musicales": ["Musical"], "documental": ["Documentary"],
            "ciencia ficcion": ["Science Fiction"], "comedia romantica": ["Romance", "Comedy"],
            "divertida": ["Comedy"], "divertido": ["Comedy"], "graciosa": ["Comedy"],
            "accion": ["Action"], "suspenso": ["Thriller"], "animacion": ["Animation"],
        ],
        .german: [
            "komodie": ["Comedy"], "komodien": ["Comedy"], "krimi": ["Crime"], "kriegsfilm": ["War"],
            "kriegsfilme": ["War"], "horrorfilm": ["Horror"], "horrorfilme": ["Horror"],
            "liebesfilm": ["Romance"],
            "liebesfilme": ["Romance"], "zeichentrickfilm": ["Animation"], "dokumentarfilm": ["Documentary"],
            "lustig": ["Comedy"], "lustige": ["Comedy"], "lustigen": ["Comedy"], "lustiges": ["Comedy"],
            "spannend": ["Thriller"], "spannende": ["Thriller"], "spannenden": ["Thriller"],
            "spannendes": ["Thriller"], "actionfilm": ["Action"], "liebeskomodie": ["Romance", "Comedy"],
        ],
        .italian: [
            "commedia": ["Comedy"], "commedie": ["Comedy"], "orrore": ["Horror"], "guerra": ["War"],
            "drammatico": ["Drama"], "fantascienza": ["Science Fiction"],
            "commedia romantica": ["Romance", "Comedy"],
            "divertente": ["Comedy"], "paura": ["Horror"], "giallo": ["Mystery"],
            "documentario": ["Documentary"],
        ],
        .portuguese: [
            "comedia": ["Comedy"], "comedias": ["Comedy"], "terror": ["Horror"], "guerra": ["War"],
            "musicais": ["Musical"], "documentario": ["Documentary"],
            "ficcao cientifica": ["Science Fiction"],
            "comedia romantica": ["Romance", "Comedy"], "acao": ["Action"], "engracado": ["Comedy"],
            "medo": ["Horror"],
        ],
    ]
}
