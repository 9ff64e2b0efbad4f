/// The form of `fusion.json`.
struct FusionFile: Codable {
    struct Standard: Codable {
        var mean: Float
        var deviation: Float
        /// The weight of the linear part.
        var weight: Float
    }

    var version: Int
    var embedder: String
    var dimension: Int
    var source: String
    var signals: [String: Standard]
    /// The other weights of the net, in the order of ``FusionNet/Part``; signals in the order of their names here.
    var order: [String]
    var net: [Float]
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
        guard net.isWhole else { return nil }
        return FusionModel(
            embedder: embedder,
            dimension: dimension,
            source: source,
            net: net,
            mentions: mentions
        )
    }
}
