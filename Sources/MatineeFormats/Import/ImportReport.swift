/// What an import did.
package struct ImportReport: Sendable, Equatable, Codable {
    /// A file of the source and how its rows were.
    package struct File: Sendable, Equatable, Codable {
        package var name: String
        package var rows: Int
        package var malformed: Int
        /// The first malformed row, from 1, and what is wrong with it.
        package var firstMalformedLine: Int?
        package var firstFault: String?

        enum CodingKeys: String, CodingKey {
            case name, rows, malformed
            case firstMalformedLine = "first_malformed_line"
            case firstFault = "first_fault"
        }

        init(_ name: String, _ tally: Tally) {
            (self.name, rows, malformed) = (name, tally.rows, tally.faults)
            firstMalformedLine = tally.faults > 0 ? tally.firstLine : nil
            firstFault = tally.faults > 0 ? tally.firstFault : nil
        }
    }

    /// How the rows of a metadata file were joined to the films.
    package struct Joined: Sendable, Equatable, Codable {
        package var name = ""
        package var rows = 0
        package var byID = 0
        package var byTitle = 0
        /// Rows that fit several films, or as well as others the same film; they were left out.
        package var ambiguous = 0
        /// Rows that fit no film, or less well than others.
        package var unmatched = 0
        /// How many films have their overview from there.
        package var overviews = 0

        enum CodingKeys: String, CodingKey {
            case name, rows, ambiguous, unmatched, overviews
            case byID = "matched_by_id"
            case byTitle = "matched_by_title"
        }
    }

    package var source = ""
    package var folder = ""
    package var movies = 0
    package var ratings = 0
    package var users = 0
    package var files: [File] = []
    package var metadata: [Joined] = []
    /// How many films have an overview, of the source itself or of metadata.
    package var withOverview = 0
    /// How many films have keywords.
    package var withKeywords = 0

    enum CodingKeys: String, CodingKey {
        case source, folder, movies, ratings, users, files, metadata
        case withOverview = "with_overview"
        case withKeywords = "with_keywords"
    }

    package init() {}
}
