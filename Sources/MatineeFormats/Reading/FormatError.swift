import Foundation
import Matinee

/// Why a file of another program cannot be imported.
package enum FormatError: Error, Equatable, CustomStringConvertible {
    case unreadable(String, String)
    case badZIP(String, String)
    case noMovies(String)
    case unknownFile(String)
    case unknownColumn(field: String, column: String)
    case badMap(String)
    case tooManyFaults(Tally, file: String, share: Double)
    case foreignFolder(String, String)
    case busy(String)
    case unwritable(String, String)

    package var description: String {
        switch self {
        case .unreadable(let file, let why):
            "\(printable(file)) cannot be read: \(why). Check the name and the permissions."
        case .badZIP(let file, let what):
            "The ZIP file \(printable(file)) cannot be used: \(what). Fetch it again, or unpack it and name the folder."
        case .noMovies(let source):
            "\(printable(source)) holds no list of films in a form that is known. Name a folder, ZIP or file of MovieLens, TMDB or Wikipedia, or a CSV or JSON Lines file with a column for the title (--map title=COLUMN)."
        case .unknownFile(let file):
            "The form of the metadata file \(printable(file)) is not known. Give a TMDB CSV, Wikipedia JSON, or a CSV or JSON Lines file with a column for the title (--map title=COLUMN)."
        case .unknownColumn(let field, let column):
            "No file has the column \(printable(column)) that --map gives for \(printable(field)). Check the spelling against the first line of the file."
        case .badMap(let text):
            "--map \(printable(text)) is not of the form field=column with one of these fields: \(Field.allCases.map(\.rawValue).joined(separator: ", "))."
        case .tooManyFaults(let tally, let file, let share):
            "\(tally.faults) of \(tally.rows) rows of \(printable(file)) are malformed, more than \((share * 100).formatted()) %; the first is line \(tally.firstLine): \(tally.firstFault). Nothing was changed. Mend the file, or allow more with --max-bad."
        case .foreignFolder(let folder, let what):
            "The folder \(folder) was not made by an import: \(what). Name another with --to."
        case .busy(let folder):
            "Another import is writing to \(folder). Wait until it is done, then try again."
        case .unwritable(let folder, let why):
            "The import cannot be written to \(folder): \(why). Nothing was changed. Make room, or name another folder with --to."
        }
    }
}
