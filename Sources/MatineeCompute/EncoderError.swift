public import Foundation

/// Why a sentence-transformers folder cannot be used.
public enum EncoderError: Error, Equatable, CustomStringConvertible {
    case missingFile(URL)
    case unreadable(URL, String)
    case wrongFile(URL, String)
    case outOfMemory
    case notFinite(String)

    public var description: String {
        switch self {
        case .missingFile(let url):
            "The model file \(url.path) is missing. Fetch the model again with `make model`, or name a complete sentence-transformers folder with --model."
        case .unreadable(let url, let why):
            "The model file \(url.path) cannot be read: \(why)."
        case .wrongFile(let url, let what):
            "The model file \(url.path) cannot be used: \(what). Fetch the model again with `make model`, or name another folder with --model."
        case .notFinite(let model):
            "The model \(model) gives vectors that are not numbers: its weights are damaged. Fetch it again with `make model`, or name another with --model."
        case .outOfMemory:
            "There is not enough memory for the model's weights. Close other programs, or name a smaller model with --model."
        }
    }
}
