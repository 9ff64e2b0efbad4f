/// The words that a sentence on a film may have without claiming anything that could be false.
enum ClaimWords {
    /// Words of grammar, of speaking about films, and of praise that is a matter of taste.
    static let neutral = wordSet(
        """
        a an the this that these those it its itself they them their he she him her his hers we us our i me my
        who whom whose which what where when while how why there here and or but so then as if because since though
        although yet also too both all each every any some such of in on at to for from with into onto over under
        between among through throughout across along about around against during after before up down out off by
        near toward towards within upon is are was were be been being am has have had having do does did doing can
        could will would shall should may might must s t d ll re ve m let lets now just even still quite rather very
        really truly simply perhaps maybe well way one ones other others another same own part kind sort bit lot
        mix blend pair piece work film films movie movies picture pictures cinema feature features story stories tale
        tales plot title titles pick picks choice choices option options list suggestion suggestions recommendation
        recommendations watch watches watching see sees seeing look looks looking feel feels feeling find finds
        finding tone mood moods pace setting set sets style scene scenes moment moments character characters viewer
        viewers audience evening tonight fit fits fitting suit suits suiting suitable match matches matching meet
        meets meeting answer answers offer offers offering give gives giving bring brings bringing deliver delivers
        provide provides have has contain contains include includes including involve involves involving mixes
        mixing blends blending combine combines combining pairs pairing follow follows following tell tells telling
        told show shows showing center centers centre centres centred centered explore explores exploring take takes
        taking make makes making made come comes coming came go goes going get gets getting keep keeps keeping
        put puts run runs running lasts directed director directors directs directing direction filmmaker filmmakers
        cast star stars starring actor actors actress actresses performance performances play plays playing played
        released release releases made year years minute minutes min mins hour hours hr hrs runtime length country
        countries language genre genres keyword keywords theme themes element elements touch touches note notes
        picked chose chosen recommend recommended selected selection
        please pleases pleasing appeal appeals appealing remember remembers opposite everything
        sense thanks given ask asks asking like alike similar similarly along alongside together mean means hope
        enjoy think consider try call calls called based share shares sharing shared common right great good fine
        excellent wonderful beautiful beautifully memorable compelling engaging rewarding worth worthwhile perfect
        perfectly ideal ideally nice nicely lovely strong strongly solid rich remarkable striking impressive enjoyable
        interesting fascinating delightful satisfying natural exactly directly closely clearly fully easily
        something anything someone place places time spot bill line lines want wants lean leans leaning toward
        speak speaks suggest suggests carry carries hold holds fall falls land lands sit sits stay stays turn turns
        """
    ).subtracting(wordSet("based fall falls play turn turns time place places carry hold holds over under"))

    /// Words of what somebody wishes, for the parts of a sentence that speak of the person.
    static let wishing = wordSet(
        """
        you your yours yourself asked ask wanted want wants wish wished wishes looking look search searching seek
        seeking after need needed taste tastes request requests requested said say told mention mentioned named name
        names prefer preferred preference favourite favourites favorite favorites fan describe described hope hoped
        craving crave fancy fancied feel mood appetite interest interested love loved loves like liked likes enjoy
        enjoyed enjoys adore adored hate hated dislike disliked seen saw watched watch know knew limit condition
        conditions day night tonight evening weekend today history past recent recently earlier not no without never
        avoid avoided avoiding out rule ruled exclude excluded
        """
    )

    /// What a person does to a film, by the stance it shows.
    static let stances: [(words: Set<String>, stance: Stance)] = [
        (wordSet("hate hated hates dislike disliked dislikes loathed"), .disliked),
        (
            wordSet(
                "like liked likes love loved loves enjoy enjoyed enjoys adore adored favourite favorite fan"
            ),
            .liked
        ),
        (wordSet("seen saw watched"), .seen),
    ]

    /// Words that turn a statement round or heighten it: they must stand in the film's text with their neighbours.
    static let fragile = wordSet(
        """
        no not never without nothing nobody none neither nor hardly barely cannot lacks lack free only first last
        final always best most more less least better worse than ever second third fewer greatest finest top
        """
    )

    /// Whether a word is one of those, or a superlative.
    static func isFragile(_ word: String) -> Bool {
        fragile.contains(word) || word.count > 5 && word.hasSuffix("est") && !endingSo.contains(word)
    }

    private static let endingSo = wordSet(
        "forest interest request arrest honest harvest priest modest protest contest conquest"
    )

    /// After `you`, words by which a sentence goes on to the film: `you will find`.
    static let prospects = wordSet("ll will may might can could should would d get find meet see follow")

    /// What follows `you are` where it is a wish.
    static let searching = wordSet("looking after in seeking searching craving")

    /// Words with which a part of a sentence turns from the person to the film.
    static let turning = wordSet("it its this these here which whose because since while where who so as")

    /// For relations with another film: words that claim the same director, the same cast, something in common.
    static let directing = wordSet(
        "directed director directors directs directing direction filmmaker filmmakers maker"
    )
    static let acting = wordSet(
        "cast star stars starring actor actors actress actresses performance performances played plays featuring features"
    )
    static let sharing = wordSet("same share shares shared sharing both too also common alike")

    /// Words that a question to the person may have.
    static let asking = wordSet(
        """
        you your would do does did are is have has shall should want prefer like rather something anything more less
        lighter darker funnier older newer shorter longer slower faster scarier sadder warmer stranger quieter recent
        classic different another else else's mood era decade genre kind tonight evening company kids children family
        alone together happy enough keep going narrow change else or and the a an in of to for with any which what how
        about one these those them seen already know
        """
    )

    /// Words that a genre itself bears out.
    static let implied: [String: String] = [
        "Action": "action-packed", "Adventure": "adventurous", "Animation": "animated animation cartoon",
        "Biography": "biographical biopic life",
        "Comedy": "funny humorous humour humor laughs laugh comic comedic",
        "Crime": "criminal criminals crimes", "Documentary": "documents real", "Drama": "dramatic",
        "Family": "family", "Fantasy": "fantastical magical", "History": "historical",
        "Horror": "scary frightening",
        "Music": "musical music", "Musical": "songs music sung", "Mystery": "mysterious mysteries",
        "Romance": "romantic love", "Science Fiction": "sci-fi scifi futuristic", "Sport": "sports",
        "Thriller": "tense suspense suspenseful tension thrilling", "War": "wartime", "Western": "west",
        "Film Noir": "noir",
    ]
}
