import Matinee

/// Why a feed cannot be fetched.
package enum FeedError: Error, Equatable, CustomStringConvertible {
    case badAddress(String)
    case privateAddress(String)
    case unreachable(String, String)
    case refused(String, status: Int)
    /// The server asks for quiet; for how many seconds, where it says so.
    case busy(String, seconds: Int?)
    case tooLarge(String)
    case tooManyRedirects(String)
    case unsafeRedirect(String)
    case forbidden(String)

    package var description: String {
        switch self {
        case .badAddress(let text):
            "\(printable(text)) is no address of a feed. Give one that begins with https:// or http://, without a user name."
        case .privateAddress(let host):
            "\(printable(host)) is on a private network, where no feed is fetched from. Save the feed to a file and name that."
        case .unreachable(let host, let why):
            "\(printable(host)) cannot be reached: \(why). Check the address and the network, then try again."
        case .refused(let address, let status):
            "\(printable(address)) answers with status \(status). Check that the feed is there and public."
        case .busy(let address, let seconds):
            "\(printable(address)) asks for quiet. Try again \(seconds.map { "in \($0) seconds" } ?? "later")."
        case .tooLarge(let address):
            "\(printable(address)) is larger than a feed may be (\(FeedFetcher.largest >> 20) MB)."
        case .tooManyRedirects(let address):
            "\(printable(address)) redirects more than \(FeedFetcher.mostRedirects) times."
        case .unsafeRedirect(let address):
            "\(printable(address)) redirects to an address without encryption."
        case .forbidden(let address):
            "The robots.txt of that site does not allow \(printable(address)) to be fetched. Ask the member for an export."
        }
    }
}
