extension FusionEnsemble {
    /// The nets for vectors of another embedder than that of their training.
    ///
    /// Embedders differ in how near to each other they put everything. Cosines with words and with films are therefore
    /// brought to the mean and deviation that they have in the training, by those of keywords and films of the catalogue
    /// with its films. The weights stay.
    func adapted(to artifacts: Artifacts) -> FusionEnsemble {
        let words = Spread(artifacts.keywords.vectors, artifacts.movies)
        let films = Spread(artifacts.movies, artifacts.movies)
        return FusionEnsemble(
            nets.map {
                $0.moved([.textLast, .textUser, .textAll], from: .textLast, to: words)
                    .moved([.filmMean, .filmMax, .filmLast, .filmDisliked], from: .filmLast, to: films)
            }
        )
    }
}

extension FusionNet {
    /// The net with signals standardised as if `from` was spread as it is now.
    fileprivate func moved(_ signals: [Signal], from: Signal, to spread: Spread) -> FusionNet {
        func place(_ signal: Signal) -> Int { Signal.allCases.firstIndex(of: signal) ?? 0 }
        let known = place(from), factor = spread.deviation / deviation[known]
        guard spread.deviation > 1e-4 else { return self }
        var net = self
        for signal in signals.map(place) {
            net.mean[signal] = spread.mean + (mean[signal] - mean[known]) * factor
            net.deviation[signal] = deviation[signal] * factor
        }
        return net
    }
}

/// Mean and standard deviation of the cosines between rows of two matrices, some hundred of each.
private struct Spread {
    var mean: Float = 0
    var deviation: Float = 0

    init(_ queries: EmbeddingMatrix, _ rows: EmbeddingMatrix) {
        var sum = 0.0, squares = 0.0, count = 0.0
        for query in Self.some(queries) {
            for row in Self.some(rows) where queries !== rows || query != row {
                let cosine = Double(innerProduct(queries.view(query), rows.view(row)))
                sum += cosine
                squares += cosine * cosine
                count += 1
            }
        }
        guard count > 0 else { return }
        mean = Float(sum / count)
        deviation = Float(max(0, squares / count - sum / count * sum / count).squareRoot())
    }

    /// At most 400 rows, spread evenly.
    private static func some(_ matrix: EmbeddingMatrix) -> [Int] {
        Array(stride(from: 0, to: matrix.count, by: max(1, matrix.count / 400)))
    }
}
