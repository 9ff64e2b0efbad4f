import Foundation

/// The form of `fusion.json`.
struct FusionFile: Codable {
    struct Standard: Codable {
        var mean: Float
        var deviation: Float
        /// The weight of the linear part.
        var weight: Float
    }

    struct Adapter: Codable {
        var rank: Int
        var scales: [Float]
        /// Little-endian float32 in base64: A and B of ``QueryAdapter``.
        var output: Data
        var input: Data
    }

    var version: Int
    var embedder: String
    var dimension: Int
    var source: String
    var signals: [String: Standard]
    /// The other weights of the net, in the order of ``FusionNet/Part``; signals in the order of their names here.
    var order: [String]
    var net: [Float]
    var adapter: Adapter?
    var mentions: MentionFile

    init(_ model: FusionModel) {
        let net = model.net, linear = FusionNet.Part.linear.range
        version = FusionModel.currentVersion
        (embedder, dimension, source) = (model.embedder, model.dimension, model.source)
        signals = [:]
        for (place, signal) in Signal.allCases.enumerated() {
            signals[signal.rawValue] = Standard(
                mean: net.mean[place],
                deviation: net.deviation[place],
                weight: net.weights[linear.lowerBound + place]
            )
        }
        order = Signal.allCases.map(\.rawValue)
        self.net = Array(net.weights[linear.upperBound...])
        adapter = model.adapter.map {
            Adapter(rank: $0.rank, scales: $0.scales, output: bytes($0.output), input: bytes($0.input))
        }
        mentions = model.mentions
    }

    /// The model, or `nil` where the parts do not fit together.
    var model: FusionModel? {
        let standards = Signal.allCases.compactMap { signals[$0.rawValue] }
        guard order == Signal.allCases.map(\.rawValue), standards.count == Signal.count, dimension > 0,
            dimension < 1 << 16, mentions.isWhole
        else { return nil }
        let net = FusionNet(
            mean: standards.map(\.mean),
            deviation: standards.map(\.deviation),
            weights: standards.map(\.weight) + self.net
        )
        let adapter = self.adapter.map {
            QueryAdapter(
                dimension: dimension,
                rank: $0.rank,
                scales: $0.scales,
                output: floats($0.output),
                input: floats($0.input)
            )
        }
        guard net.isWhole, adapter?.isWhole ?? true else { return nil }
        return FusionModel(
            embedder: embedder,
            dimension: dimension,
            source: source,
            net: net,
            adapter: adapter,
            mentions: mentions
        )
    }
}

private func bytes(_ numbers: [Float]) -> Data {
    numbers.reduce(into: Data()) { data, number in
        withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
}

private func floats(_ data: Data) -> [Float] {
    data.withUnsafeBytes { bytes in
        (0..<bytes.count / 4).map {
            Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
        }
    }
}
