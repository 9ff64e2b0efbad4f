package import Foundation

/// A trained preference model as `preference.json` holds it: readable, the large tables as Base64 of little-endian
/// float32.
package struct PreferenceFile: Sendable, Equatable, Codable {
    /// What it was trained on and how well it does on ratings held out of the training.
    package struct Training: Sendable, Equatable, Codable {
        package var ratings: Int
        package var users: Int
        package var seed: UInt64
        package var held_out: Int
        package var rmse: Double
        package var mae: Double
        /// The split of a dataset whose training members the ratings are of; `nil` for others.
        package var dataset: String?

        package init(
            ratings: Int,
            users: Int,
            seed: UInt64,
            held_out: Int,
            rmse: Double,
            mae: Double,
            dataset: String? = nil
        ) {
            (self.ratings, self.users, self.seed) = (ratings, users, seed)
            (self.held_out, self.rmse, self.mae, self.dataset) = (held_out, rmse, mae, dataset)
        }
    }

    package var version = 1
    /// The embedder whose vectors `content` reads, and how many numbers they have.
    package var embedder: String
    package var embedding_dimension: Int
    package var mean: Float
    package var noise: Float
    package var user_variances: [Float]
    /// The prior variances of movies' numbers around what the content says.
    package var movie_variances: [Float]
    package var calibration: FactorModel.Calibration
    package var training: Training
    package var genres: [String]
    /// Of shape (numbers, content): maps a movie's content to its numbers.
    package var content: Data
    /// The movies that were rated: ids, and their means and variances of shape (movies, numbers).
    package var movies: [String]
    package var means: Data
    package var variances: Data

    package init(
        _ model: FactorModel,
        content: [Float],
        of catalog: MovieContent,
        movieVariances: [Float],
        rated: [(row: Int, id: String)],
        embedder: (name: String, dimension: Int),
        training: Training
    ) {
        (self.embedder, embedding_dimension) = embedder
        (mean, noise, user_variances) = (model.mean, model.noise, model.userVariances)
        (movie_variances, calibration) = (movieVariances, model.calibration)
        (self.training, genres) = (training, catalog.genres)
        self.content = Self.bytes(content)
        movies = rated.map(\.id)
        let count = model.movies.dimension
        means = Self.bytes(rated.flatMap { model.movies.means[$0.row * count..<($0.row + 1) * count] })
        variances = Self.bytes(
            rated.flatMap { model.movies.variances[$0.row * count..<($0.row + 1) * count] }
        )
    }

    /// - Throws: ``ArtifactsError`` where the file is missing or damaged.
    package init(contentsOf url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { throw ArtifactsError.missing(url) }
        guard let data = try? Data(contentsOf: url),
            let file = try? JSONDecoder().decode(PreferenceFile.self, from: data), file.isWhole
        else { throw PreferenceFault(url: url) }
        self = file
    }

    /// The bytes of the file.
    package func bytes() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// The model for the movies of a catalogue: those that were rated keep their numbers, the others get theirs from
    /// their content; by another embedder, from genres and year alone.
    package func model(for catalog: Catalog, _ vectors: EmbeddingMatrix, embedder: String) -> FactorModel {
        let isSame = embedder == self.embedder && vectors.dimension == embedding_dimension
        let content = MovieContent(
            catalog.movies,
            genres: genres,
            vectors: isSame ? vectors : nil,
            length: embedding_dimension
        )
        let count = movie_variances.count, places = Dictionary(zip(movies, 0...), uniquingKeysWith: { $1 })
        let weights = Self.numbers(self.content), means = Self.numbers(means),
            spreads = Self.numbers(variances)
        var factors = Factors(count: catalog.count, dimension: count, variances: movie_variances)
        for row in 0..<catalog.count {
            if let place = places[catalog[row].id] {
                let own = place * count..<(place + 1) * count, slots = row * count..<(row + 1) * count
                factors.means.replaceSubrange(slots, with: means[own])
                factors.variances.replaceSubrange(slots, with: spreads[own])
            } else {
                let numbers = content[row]
                for i in 0..<count {
                    let part = weights[i * numbers.count..<(i + 1) * numbers.count]
                    factors.means[row * count + i] = zip(part, numbers).reduce(0) { $0 + $1.0 * $1.1 }
                }
            }
        }
        var model = FactorModel(mean: mean, noise: noise, userVariances: user_variances, movies: factors)
        model.calibration = calibration
        return model
    }

    /// Whether the tables fit each other and every number can be.
    private var isWhole: Bool {
        let count = movie_variances.count, width = genres.count + 3 + embedding_dimension
        let spreads =
            user_variances + movie_variances + Self.numbers(variances) + [noise, calibration.deviation]
        let others =
            Self.numbers(content) + Self.numbers(means) + [mean, calibration.intercept, calibration.slope]
        return version == 1 && (1...65).contains(count) && user_variances.count == count
            && (0...65_536).contains(embedding_dimension) && content.count == 4 * count * width
            && means.count == 4 * count * movies.count && variances.count == means.count
            && spreads.allSatisfy { $0.isFinite && $0 > 0 } && others.allSatisfy { abs($0) < 1e6 }
    }

    private static func bytes(_ numbers: [Float]) -> Data {
        numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    }

    private static func numbers(_ data: Data) -> [Float] {
        data.withUnsafeBytes { bytes in
            (0..<data.count / 4).map {
                Float(
                    bitPattern: UInt32(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)
                    )
                )
            }
        }
    }
}

/// Why a preference model cannot be used.
package struct PreferenceFault: Error, Equatable, CustomStringConvertible {
    package let url: URL

    package var description: String {
        "The preference model \(url.path) is damaged. Train it anew with `matinee train preference`, or delete it to rank without."
    }
}
