/// A data set that its publisher offers for download.
package struct PublishedSet: Sendable {
    /// What it is called in `matinee catalog fetch`.
    package let name: String
    package let title: String
    /// The address of the folder, without a slash at the end.
    let folder: String
    package let file: String
    /// Whether the publisher gives the MD5 in a file of the same name and `.md5`.
    let hasChecksum: Bool
    /// How many bytes are too many.
    let limit: Int64
    /// The publisher's terms in our words.
    package let terms: String
    /// Where the terms are to be read in full.
    package let termsAddress: String

    /// Where the publisher has the file.
    package var address: String { "\(folder)/\(file)" }

    /// All that are known.
    package static let all = [
        PublishedSet(
            name: "movielens-32m",
            title: "MovieLens 32M: 32 million ratings of 87,585 films, about 240 MB",
            folder: groupLens,
            file: "ml-32m.zip",
            hasChecksum: true,
            limit: 1_000_000_000,
            terms: groupLensTerms,
            termsAddress: groupLens + "/ml-32m-README.html"
        ),
        PublishedSet(
            name: "movielens-latest-small",
            title: "MovieLens Latest Small: 100,836 ratings of 9,742 films, about 1 MB",
            folder: groupLens,
            file: "ml-latest-small.zip",
            hasChecksum: true,
            limit: 50_000_000,
            terms: groupLensTerms,
            termsAddress: groupLens + "/ml-latest-small-README.html"
        ),
        PublishedSet(
            name: "wikipedia",
            title: "American films from Wikipedia, collected by prust/wikipedia-movie-data",
            folder: "https://raw.githubusercontent.com/prust/wikipedia-movie-data/master",
            file: "movies.json",
            hasChecksum: false,
            limit: 500_000_000,
            terms:
                "Its texts are Wikipedia's, under the licence Creative Commons Attribution-ShareAlike 4.0: whoever passes them on names Wikipedia as the source, links to the licence, and passes changed texts on under the same licence.",
            termsAddress: "https://creativecommons.org/licenses/by-sa/4.0/"
        ),
    ]

    private static let groupLens = "https://files.grouplens.org/datasets/movielens"

    private static let groupLensTerms =
        "GroupLens at the University of Minnesota permits research use. Commercial use needs its permission first, the files may not be passed on except as the set's own README permits, and publications that use them cite Harper and Konstan, “The MovieLens Datasets: History and Context” (2015). Nobody may claim that GroupLens endorses them."
}
