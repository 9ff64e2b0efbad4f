/// The form of `fusion.json`.
struct FusionFile: Codable {
    struct Standard: Codable {
        var mean: Float
        var deviation: Float
        /// The weight of the linear part, the mean of the nets; for people, as the nets hold their own.
        var weight: Float
    }

    var version: Int
    var embedder: String
    var dimension: Int
    var source: String
    var signals: [String: Standard]
    /// The weights of each net, in the order of ``FusionNet/Part``; signals in the order of their names here.
    var order: [String]
    var nets: [[Float]]
    var mentions: MentionFile

    init(_ model: FusionModel) {
        let nets = model.nets.nets, linear = FusionNet.Part.linear.range.lowerBound
        version = FusionModel.currentVersion
        (embedder, dimension, source) = (model.embedder, model.dimension, model.source)
        signals = [:]
        for (place, signal) in Signal.allCases.enumerated() {
            signals[signal.rawValue] = Standard(
                mean: nets[0].mean[place],
                deviation: nets[0].deviation[place],
                weight: nets.reduce(0) { $0 + $1.weights[linear + place] } / Float(nets.count)
            )
        }
        order = Signal.allCases.map(\.rawValue)
        self.nets = nets.map(\.weights)
        mentions = model.mentions
    }

    /// The model, or `nil` where the parts do not fit together.
    var model: FusionModel? {
        let standards = Signal.allCases.compactMap { signals[$0.rawValue] }
        guard order == Signal.allCases.map(\.rawValue), standards.count == Signal.count, dimension > 0,
            dimension < 1 << 16, mentions.isWhole
        else { return nil }
        let nets = self.nets.map { weights in
            FusionNet(
                mean: standards.map(\.mean),
                deviation: standards.map(\.deviation),
                weights: weights
            )
        }
        guard !nets.isEmpty, nets.count <= 16, nets.allSatisfy(\.isWhole) else { return nil }
        return FusionModel(
            embedder: embedder,
            dimension: dimension,
            source: source,
            nets: FusionEnsemble(nets),
            mentions: mentions
        )
    }
}
