public import Foundation

/// For each movie, those that speak for or against it in the same history, with a weight each: from ratings or from
/// conversations.
///
/// A sparse matrix of shape (movies, movies) in CSR form, memory-mapped from a `neighbours.bin`; a movie's neighbours
/// lie strongest first, by the size of the weight. What a history says of movie j is the sum of the weights from the
/// movies i of the history to j (``add(_:times:to:)``); a negative weight speaks against it. A movie without
/// neighbours is one of which nothing is known.
// @unchecked: the pointers lead into `file`, which is never written and lives as long as a copy does.
public struct Neighbors: @unchecked Sendable {
    /// How many movies there are, with neighbours or without.
    public let movies: Int

    /// The bytes of a file that holds them; see ``NeighborsHeader`` for the layout.
    package let file: Data

    /// Where the neighbours of each movie begin; and, last, how many there are.
    private let starts: UnsafeBufferPointer<UInt64>
    private let rows: UnsafeBufferPointer<UInt32>
    private let weights: UnsafeBufferPointer<Float>

    /// How many pairs of a movie and a neighbour there are.
    public var count: Int { rows.count }

    /// Maps a file and checks all of it.
    /// - Parameter movies: how many rows the catalogue has.
    /// - Throws: ``ArtifactsError`` where it is missing, damaged or of another catalogue.
    public init(contentsOf url: URL, movies: Int) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { throw ArtifactsError.missing(url) }
        let data: Data
        do { data = try Data(contentsOf: url, options: .alwaysMapped) } catch {
            throw ArtifactsError.damaged(url, reason(error))
        }
        do throws(NeighborsHeader.Fault) { try self.init(data) } catch {
            throw ArtifactsError.damaged(url, error.description)
        }
        guard self.movies == movies else {
            throw ArtifactsError.damaged(
                url,
                "it is of \(self.movies) movies where the catalogue has \(movies)"
            )
        }
    }

    /// Neighbours in memory.
    ///
    /// - Parameter rows: for each movie its neighbours, in any order; they are put strongest first, ties by row.
    /// - Precondition: rows are of movies, none is its own neighbour, and weights are finite.
    package init(rows: [[(row: Int, weight: Float)]]) {
        do { try self.init(NeighborsHeader.file(rows)) } catch { preconditionFailure(error.description) }
    }

    private init(_ data: Data) throws(NeighborsHeader.Fault) {
        let header = try NeighborsHeader.read(data)
        (movies, file) = (header.movies, data)
        (starts, rows, weights) = data.withUnsafeBytes { bytes in
            (
                UnsafeBufferPointer(rebasing: bytes[header.starts].bindMemory(to: UInt64.self)[...]),
                UnsafeBufferPointer(rebasing: bytes[header.rows].bindMemory(to: UInt32.self)[...]),
                UnsafeBufferPointer(rebasing: bytes[header.weights].bindMemory(to: Float.self)[...])
            )
        }
        try check()
    }

    private func check() throws(NeighborsHeader.Fault) {
        guard starts[0] == 0, starts[movies] == UInt64(count) else { throw .init("its counts do not add up") }
        for movie in 0..<movies {
            guard starts[movie] <= starts[movie + 1], starts[movie + 1] <= UInt64(count) else {
                throw .init("its counts do not add up")
            }
            for place in Int(starts[movie])..<Int(starts[movie + 1]) {
                guard rows[place] < movies, rows[place] != movie, weights[place].isFinite else {
                    throw .init("a neighbour of movie \(movie) does not exist")
                }
            }
        }
    }

    /// The neighbours of a movie, strongest first: their rows and weights, as views that live as long as the neighbours.
    /// - Precondition: the row is one of `0..<movies`.
    public func neighbors(of row: Int) -> (
        rows: UnsafeBufferPointer<UInt32>, weights: UnsafeBufferPointer<Float>
    ) {
        let range = Int(starts[row])..<Int(starts[row + 1])
        return (UnsafeBufferPointer(rebasing: rows[range]), UnsafeBufferPointer(rebasing: weights[range]))
    }

    /// Adds the weights of a movie's neighbours, times `factor`, to `scores`, which has a place for every movie.
    public func add(_ row: Int, times factor: Float = 1, to scores: inout [Float]) {
        let (rows, weights) = neighbors(of: row)
        for (neighbor, weight) in zip(rows, weights) { scores[Int(neighbor)] += factor * weight }
    }
}
