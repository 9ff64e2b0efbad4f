public import Foundation
import Matinee

/// The configuration of a sentence-transformers folder, as published on model hubs.
///
/// Read are `config.json` (the shape), `1_Pooling/config.json` (how tokens become one vector),
/// `tokenizer_config.json` (which must be uncased) and `modules.json` (which must not ask for more than transformer,
/// pooling and normalisation).
public struct ModelFolder: Sendable {
    public enum Pooling: String, Sendable { case cls, mean }

    public let url: URL
    public let name: String
    public let pooling: Pooling
    let shape: Shape

    /// The sizes of a BERT model, with the keys of `config.json`.
    struct Shape: Decodable, Sendable {
        var hidden_size: Int
        var num_hidden_layers: Int
        var num_attention_heads: Int
        var intermediate_size: Int
        var vocab_size: Int
        var max_position_embeddings: Int
        var layer_norm_eps: Float?
        var hidden_act: String?
        var model_type: String?
        var position_embedding_type: String?
    }

    private struct PoolingFile: Decodable {
        var pooling_mode_cls_token: Bool?
        var pooling_mode_mean_tokens: Bool?
    }

    private struct TokenizerFile: Decodable {
        var do_lower_case: Bool?
        var strip_accents: Bool?
    }

    private struct Module: Decodable { var type: String }

    /// Reads a folder.
    /// - Parameter name: the model's published name; by default the folder's own name.
    /// - Throws: ``EncoderError`` naming the file and what is wrong with it.
    public init(url: URL, name: String? = nil) throws {
        self.url = url
        self.name = name ?? url.standardizedFileURL.lastPathComponent
        let config = url.appending(path: "config.json")
        shape = try Self.decode(Shape.self, config, "a BERT configuration")
        try Self.check(shape, config)
        pooling = try Self.pooling(url.appending(path: "1_Pooling/config.json"))
        try Self.checkTokenizer(url.appending(path: "tokenizer_config.json"))
        try Self.checkModules(url.appending(path: "modules.json"))
    }

    private static func decode<T: Decodable>(_ type: T.Type, _ url: URL, _ what: String) throws -> T {
        guard FileManager.default.fileExists(atPath: url.path) else { throw EncoderError.missingFile(url) }
        do { return try JSONDecoder().decode(type, from: Data(contentsOf: url)) } catch let error
            as DecodingError
        {
            throw EncoderError.wrongFile(url, "it is not \(what) (\(detail(error)))")
        } catch { throw EncoderError.unreadable(url, reason(error)) }
    }

    private static func detail(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type"
        default: "it is not valid JSON"
        }
    }

    private static func check(_ shape: Shape, _ url: URL) throws {
        func require(_ holds: Bool, _ what: String) throws {
            if !holds { throw EncoderError.wrongFile(url, what) }
        }
        let epsilon = shape.layer_norm_eps ?? 0
        try require((0..<1).contains(epsilon), "layer_norm_eps is \(epsilon), but must be from 0 to 1")
        let sizes = [
            shape.hidden_size, shape.num_hidden_layers, shape.num_attention_heads, shape.intermediate_size,
            shape.vocab_size, shape.max_position_embeddings,
        ]
        try require(
            sizes.allSatisfy { (1...1_000_000).contains($0) },
            "its sizes must be from 1 to 1,000,000"
        )
        try require(
            shape.hidden_size % shape.num_attention_heads == 0,
            "hidden_size \(shape.hidden_size) cannot be divided among \(shape.num_attention_heads) attention heads"
        )
        let kind = shape.model_type ?? "bert"
        try require(kind == "bert", "it describes a \(kind) model; only BERT models are supported")
        let activation = shape.hidden_act ?? "gelu"
        try require(activation == "gelu", "hidden_act \(activation) is not supported, only gelu")
        let position = shape.position_embedding_type ?? "absolute"
        try require(
            position == "absolute",
            "position_embedding_type \(position) is not supported, only absolute"
        )
    }

    private static func pooling(_ url: URL) throws -> Pooling {
        let file = try decode(PoolingFile.self, url, "a pooling configuration")
        switch (file.pooling_mode_cls_token ?? false, file.pooling_mode_mean_tokens ?? false) {
        case (true, false): return .cls
        case (false, true): return .mean
        default: throw EncoderError.wrongFile(url, "it asks for a pooling other than CLS or mean alone")
        }
    }

    /// Only BERT's uncased tokenizer is there.
    private static func checkTokenizer(_ url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let file = try decode(TokenizerFile.self, url, "a tokenizer configuration")
        if file.do_lower_case == false || file.strip_accents == false {
            throw EncoderError.wrongFile(
                url,
                "it asks for a cased tokenizer; only uncased models are supported"
            )
        }
    }

    private static func checkModules(_ url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let kinds = try decode([Module].self, url, "a list of modules").map {
            $0.type.split(separator: ".").last.map(String.init) ?? $0.type
        }
        if let odd = kinds.first(where: { !["Transformer", "Pooling", "Normalize"].contains($0) }) {
            throw EncoderError.wrongFile(url, "it asks for a \(odd) module, which is not supported")
        }
    }
}
