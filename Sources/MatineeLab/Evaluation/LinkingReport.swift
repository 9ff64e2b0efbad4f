/// How well titles are linked, in each condition.
package struct LinkingReport: Encodable, Sendable {
    package struct Condition: Encodable, Sendable {
        package var name: String
        /// `right / linked`.
        package var precision: Double
        package var precision_ci95: [Double]
        /// `right / gold`.
        package var recall: Double
        package var recall_ci95: [Double]
        /// Titles that are written with their year.
        package var gold: Int
        /// Links, without the unjudged.
        package var linked: Int
        /// Links to the film of the title that they overlap.
        package var right: Int
        /// Links where no title has a year, but which are plainly true: to a film that the dialogue names with its year
        /// elsewhere, or of words that are its title to the letter. Neither right nor wrong.
        package var unjudged: Int
        /// Of the links that are not right, those that overlap no title with a year.
        package var elsewhere: Int
    }

    package var dialogues: Int
    package var texts: Int
    /// Time to link a text, in milliseconds; mean of all conditions.
    package var ms_per_text: Double
    package var conditions: [Condition]

    /// The figures in lines for people.
    package var description: String {
        let head = "\(dialogues) dialogues, \(texts) texts, \(ms_per_text) ms a text"
        let lines = conditions.map {
            "\($0.name): precision \($0.precision) (\($0.precision_ci95[0]) to \($0.precision_ci95[1])), recall \($0.recall) (\($0.recall_ci95[0]) to \($0.recall_ci95[1])); \($0.right) right of \($0.linked) linked and \($0.gold) titles; \($0.elsewhere) linked where no title has a year, \($0.unjudged) unjudged"
        }
        return ([head] + lines).joined(separator: "\n")
    }
}
