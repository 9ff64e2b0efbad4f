/// Whether a folded word is one of everyday talk about films, whatever the catalogue's texts hold.
func isEverydayWord(_ word: String) -> Bool { everyday.contains(word) }

/// Whether a folded word is a pronoun, a preposition or the like.
func isPronoun(_ word: String) -> Bool { pronouns.contains(word) }

/// Whether a folded phrase without its article is one that people say to each other, though a film is called so.
func isIdiom(_ words: [String]) -> Bool { idioms.contains(words.joined(separator: " ")) }

private let idioms: Set = [
    "all right", "anything else", "good night", "mind reader", "no problem", "no way", "not yet",
    "nothing else", "of course", "oh god", "right now", "same here", "something else", "sure thing",
    "thank you", "why not", "you too",
]

private let pronouns = wordSet(
    """
    a all am an and another any are as at be been but by d did do does down for from had has have he her
    here hers him his how i if in is it its ll m me mine more most my no none not now o of off on one ones
    or other others our ours out re s she so some t that the their theirs them then there these they this
    those to up us ve was we were what when where which who whom why with yes you your yours
    """
)

private let everyday = pronouns.union(
    wordSet(
        """
        about above across action actor actors actress adventure after again against age ago agree alive
        almost already also although always amazing american animated animation anyone anything anyway
        around away awesome awful baby back bad based beautiful because before best better between big bit
        black blue book books boring boy boys brother bye called came can cannot cant cartoon cast change
        check cheers child children choice christmas classic clean close cold com come comedies comedy comic
        coms coo cool could couple crash crazy crime cry cut cute dad dance dark day days dead death decide
        didn didnt different dinner director doesn dog dogs don done dont drama dramas dream each early easy
        end ending english enjoy enjoyed entertaining escape especially even ever every everyone everything
        exactly excellent exciting family fan fantastic fantasy far fast father faves favorite favorites
        favourite favs feel few fight film films find fine finish fire first five flick focus follow food
        foreign forget four free french friend friends full fun funny future game games gave genre get
        getting girl girls give glad go god going gone gonna good goodbye got gotta great green gross group
        guess guy guys haha happy hard hate hated haven having head hear heard heart heavy hehe hell hello
        helo help hey hi high hilarious hit hmm home hope horror hot hour hours house huge idk ill im indeed
        intense interest interested interesting job join just keep kid kids kill kind kinda knew know lady
        last late lately laugh laughing law lead least leave left less let life light like liked likes
        little live lmao local lol long look looking lost lot lots love loved loves luck made make man many
        maybe mean meh men mid might mind minutes missed mom moment money monster mood morning mostly mother
        movie movies much murder music musical must mystery nah name need never new news next nice night
        nobody nope nothing notice number ok okay old omg once only oops open option original over own part
        party past people perfect person place play please pleasure plot point police power prefer prequel
        pretty private probably put quick quiet quite rain rather read ready real really recent recently
        reco recommend recos red release right road rom romance romantic room run sad said same save saw say
        scary school science sea second see seeing seem seems seen sequel sequels series serious should show
        silent similar simple since sing sleep slow small smart snow solid someone something song soon sorry
        sorta sound sounds space special sport sports spy star stars start stay still stop stories story
        stuff stupid style such suggest suggestion suggestions summer super sure surprise suspense sweet
        take talk tap ten tension terrible than thank thanks theater theaters themselves thing things think
        thought three thriller thrillers through till time times tired today together told tomorrow tonight
        too top totally touch town trailer travel trouble true truth try trying turn tv twice twist two type
        under understand until used usually very view violence violent wait wanna want wanted war warm wasn
        watch watched watching water way weekend weird welcome well went western whatever while white whole
        wife wild will win winter wish without woman women won wonder wonderful word words work world worst
        worth would wow wrong yea may parents american italian french indian british german english asian yeah year years yep yesterday yet young yours yup zombie zombies
        """
    )
)
