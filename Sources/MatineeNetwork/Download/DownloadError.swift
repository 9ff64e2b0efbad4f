package import Foundation

/// Why a file cannot be fetched.
package enum DownloadError: Error, Equatable, CustomStringConvertible {
    case unreachable(host: String, String)
    case refused(host: String, Int)
    /// The size or checksum is wrong; what came was deleted.
    case damaged(String)
    case tooLarge(String, limit: Int64)
    case unwritable(URL, String)
    case inUse(URL)
    case unreadableChecksum(String)

    package var description: String {
        switch self {
        case .unreachable(let host, let why):
            "\(host) cannot be reached (\(why)). Check the network, then type the same again: what has come is kept."
        case .refused(let host, let code):
            "\(host) answered with status \(code). Try again later; what has come is kept."
        case .damaged(let name):
            "\(name) arrived damaged: its size or checksum is wrong. Nothing was kept; try again."
        case .tooLarge(let name, let limit):
            "\(name) is larger than the \(limit / 1_000_000) MB that are expected. Nothing was kept; check the address."
        case .unwritable(let url, let why):
            "\(url.path) cannot be written: \(why). Mend that, then type the same again: what has come is kept."
        case .inUse(let url):
            "\(url.path) is being written by another process. Wait until that has ended."
        case .unreadableChecksum(let address):
            "\(address) holds no MD5 checksum. Try again later, or check the address."
        }
    }
}
