package import Foundation

/// Why films cannot be looked up at TMDB.
package enum TMDBError: Error, Equatable, CustomStringConvertible {
    case badKey
    case unavailable(String)
    case tooBusy(seconds: Int)
    case unwritable(URL, String)

    package var description: String {
        switch self {
        case .badKey:
            "TMDB does not accept the key. Check it on https://www.themoviedb.org/settings/api and set TMDB_API_KEY."
        case .unavailable(let why):
            "TMDB cannot be used at the moment (\(why)). Try again later: what has come is kept, and is not asked for again."
        case .tooBusy(let seconds):
            "TMDB asks to wait \(seconds) seconds. Try again after that: what has come is kept, and is not asked for again."
        case .unwritable(let url, let why):
            "\(url.path) cannot be written: \(why). Mend that, then type the same again: what has come is kept."
        }
    }
}
