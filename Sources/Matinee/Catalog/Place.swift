/// Countries and languages: the codes of catalogue rows and the words by which people mean them.
package enum Place {
    struct Country {
        /// ISO 3166-1 alpha-2, or SU, CS, YU.
        var code: String
        var name: String
        /// Folded words: `french` in `a French film`.
        var adjectives: [String]
        /// Folded names: `france` in `films from France`.
        var names: [String]
    }

    /// ISO 639-1 code, English name.
    static let languages: [(code: String, name: String)] = [
        ("en", "English"), ("fr", "French"), ("es", "Spanish"), ("it", "Italian"), ("de", "German"),
        ("ja", "Japanese"), ("ko", "Korean"), ("zh", "Chinese"), ("zh", "Mandarin"), ("cn", "Cantonese"),
        ("yue", "Cantonese"), ("hi", "Hindi"), ("ta", "Tamil"), ("te", "Telugu"), ("ml", "Malayalam"),
        ("bn", "Bengali"),
        ("ur", "Urdu"), ("pt", "Portuguese"), ("ru", "Russian"), ("sv", "Swedish"), ("da", "Danish"),
        ("no", "Norwegian"), ("fi", "Finnish"), ("is", "Icelandic"), ("nl", "Dutch"), ("pl", "Polish"),
        ("cs", "Czech"), ("sk", "Slovak"), ("hu", "Hungarian"), ("ro", "Romanian"), ("bg", "Bulgarian"),
        ("el", "Greek"), ("tr", "Turkish"), ("ar", "Arabic"), ("he", "Hebrew"), ("fa", "Persian"),
        ("fa", "Farsi"),
        ("th", "Thai"), ("vi", "Vietnamese"), ("id", "Indonesian"), ("uk", "Ukrainian"), ("ka", "Georgian"),
        ("sr", "Serbian"), ("bs", "Bosnian"), ("mk", "Macedonian"), ("ga", "Irish"), ("wo", "Wolof"),
        ("yi", "Yiddish"), ("la", "Latin"), ("dz", "Dzongkha"), ("mn", "Mongolian"), ("bo", "Tibetan"),
    ]

    private static func country(_ code: String, _ name: String, _ adjectives: String..., names: String...)
        -> Country
    {
        Country(code: code, name: name, adjectives: adjectives, names: [folded(name)] + names)
    }

    static let countries = [
        country("US", "United States", "american", "hollywood", names: "usa", "us", "states", "america"),
        country(
            "GB",
            "United Kingdom",
            "british",
            "english",
            "scottish",
            "welsh",
            names: "uk",
            "britain",
            "england"
        ),
        country("FR", "France", "french"), country("DE", "Germany", "german"),
        country("IT", "Italy", "italian"),
        country("ES", "Spain", "spanish"), country("JP", "Japan", "japanese"),
        country("KR", "South Korea", "korean", names: "korea"), country("CN", "China", "chinese"),
        country("HK", "Hong Kong"), country("TW", "Taiwan", "taiwanese"),
        country("IN", "India", "indian", "bollywood"),
        country("IE", "Ireland", "irish"), country("CA", "Canada", "canadian"),
        country("AU", "Australia", "australian"), country("NZ", "New Zealand", "kiwi"),
        country("MX", "Mexico", "mexican"), country("BR", "Brazil", "brazilian"),
        country("AR", "Argentina", "argentine", "argentinian"), country("CL", "Chile", "chilean"),
        country("CO", "Colombia", "colombian"), country("CU", "Cuba", "cuban"),
        country("PE", "Peru", "peruvian"),
        country("SE", "Sweden", "swedish"), country("DK", "Denmark", "danish"),
        country("NO", "Norway", "norwegian"),
        country("FI", "Finland", "finnish"), country("IS", "Iceland", "icelandic"),
        country("NL", "Netherlands", "dutch", names: "holland"), country("BE", "Belgium", "belgian"),
        country("CH", "Switzerland", "swiss"), country("AT", "Austria", "austrian"),
        country("PL", "Poland", "polish"), country("CZ", "Czech Republic", "czech", names: "czechia"),
        country("CS", "Czechoslovakia", "czechoslovak"), country("SK", "Slovakia", "slovak"),
        country("HU", "Hungary", "hungarian"), country("RO", "Romania", "romanian"),
        country("BG", "Bulgaria", "bulgarian"), country("GR", "Greece", "greek"),
        country("TR", "Turkey", "turkish"),
        country("RU", "Russia", "russian"), country("SU", "Soviet Union", "soviet", names: "ussr"),
        country("UA", "Ukraine", "ukrainian"), country("GE", "Georgia", "georgian"),
        country("YU", "Yugoslavia", "yugoslav"), country("RS", "Serbia", "serbian"),
        country("BA", "Bosnia and Herzegovina", "bosnian", names: "bosnia"),
        country("HR", "Croatia", "croatian"),
        country("IR", "Iran", "iranian"), country("IL", "Israel", "israeli"),
        country("PS", "Palestine", "palestinian"),
        country("LB", "Lebanon", "lebanese"), country("EG", "Egypt", "egyptian"),
        country("MA", "Morocco", "moroccan"), country("DZ", "Algeria", "algerian"),
        country("TN", "Tunisia", "tunisian"), country("SN", "Senegal", "senegalese"),
        country("NG", "Nigeria", "nigerian"), country("ZA", "South Africa", "south african"),
        country("KE", "Kenya", "kenyan"), country("TH", "Thailand", "thai"),
        country("VN", "Vietnam", "vietnamese"),
        country("ID", "Indonesia", "indonesian"), country("PH", "Philippines", "filipino"),
        country("PT", "Portugal", "portuguese"), country("MN", "Mongolia", "mongolian"),
        country("BT", "Bhutan", "bhutanese"), country("SA", "Saudi Arabia", "saudi"),
        country("CM", "Cameroon"),
    ]

    /// The English name of a country code, or the code.
    static func countryName(_ code: String) -> String { countries.first { $0.code == code }?.name ?? code }

    /// The English name of a language code, or the code.
    static func languageName(_ code: String) -> String { languages.first { $0.code == code }?.name ?? code }

    /// The ISO 639 code of a language that is given by its code or its English name.
    package static func languageCode(_ text: String) -> String? {
        if text.wholeMatch(of: /[a-z]{2,3}/) != nil { return text }
        let name = folded(text)
        return languages.first { folded($0.name) == name }?.code
    }

    /// The ISO 3166 code of a country that is given by its code or its English name.
    package static func countryCode(_ text: String) -> String? {
        if text.wholeMatch(of: /[A-Z]{2}/) != nil, !["UK", "EU"].contains(text) { return text }
        let name = folded(text)
        return countries.first { $0.names.contains(name) }?.code
    }
}
