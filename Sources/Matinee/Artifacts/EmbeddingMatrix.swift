public import Foundation

/// Unit vectors as the rows of a float32 matrix in C order, memory-mapped from a `.npy` file.
///
/// Format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>, version 1.0.
// @unchecked: the pointer leads into `data`, which is never written and lives as long as the matrix.
public final class EmbeddingMatrix: @unchecked Sendable {
    public let count: Int
    public let dimension: Int

    /// All numbers, row after row; valid as long as the matrix lives.
    public let numbers: UnsafeBufferPointer<Float>
    private let data: Data

    /// The bytes of a `.npy` file that holds the matrix.
    package var file: Data { data }

    /// Maps a file.
    /// - Throws: ``ArtifactsError`` where it is missing, cut short or not a matrix of little-endian float32.
    public convenience init(contentsOf url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { throw ArtifactsError.missing(url) }
        do { try self.init(Data(contentsOf: url, options: .alwaysMapped), url) } catch let error
            as ArtifactsError
        {
            throw error
        } catch { throw ArtifactsError.damaged(url, reason(error)) }
    }

    /// A matrix in memory.
    /// - Precondition: all vectors are of the same length.
    public convenience init(_ vectors: [[Float]], dimension: Int) {
        let data = Self.file(vectors, dimension: dimension)
        // A file that was just written in memory has the form that `init(_:_:)` checks.
        do { try self.init(data, URL(filePath: "/dev/null")) } catch { preconditionFailure("\(error)") }
    }

    /// A matrix in memory whose numbers are filled in place; they are zeros before.
    package convenience init(
        count: Int,
        dimension: Int,
        filling: (UnsafeMutableBufferPointer<Float>) throws -> Void
    ) rethrows {
        var data = NumPyHeader(description: "'<f4'", shape: [count, dimension]).bytes
        let start = data.count
        data.append(Data(count: 4 * count * dimension))
        try data.withUnsafeMutableBytes {
            try filling(UnsafeMutableRawBufferPointer(rebasing: $0[start...]).bindMemory(to: Float.self))
        }
        do { try self.init(data, URL(filePath: "/dev/null")) } catch { preconditionFailure("\(error)") }
    }

    private init(_ data: Data, _ url: URL) throws {
        let (start, shape) = try Self.header(data, url)
        let size = shape[0].multipliedReportingOverflow(by: shape[1])
        guard !size.overflow, (data.count - start) % 4 == 0, (data.count - start) / 4 == size.partialValue,
            start % 4 == 0
        else {
            throw ArtifactsError.damaged(
                url,
                "it should hold \(shape[0]) x \(shape[1]) numbers but has \(data.count) bytes"
            )
        }
        (count, dimension) = (shape[0], shape[1])
        self.data = data
        numbers = data.withUnsafeBytes {
            UnsafeBufferPointer(rebasing: $0.bindMemory(to: Float.self)[(start / 4)...])
        }
    }

    /// Where the numbers begin, and the shape.
    private static func header(_ data: Data, _ url: URL) throws -> (Int, [Int]) {
        do throws(NumPyHeader.Fault) {
            let (header, start) = try NumPyHeader.read(data)
            guard header.description == "'<f4'", header.shape.count == 2 else {
                throw NumPyHeader.Fault(description: "it is no matrix of little-endian float32")
            }
            return (start, header.shape)
        } catch { throw ArtifactsError.damaged(url, error.description) }
    }

    /// The bytes of a `.npy` file that holds the vectors.
    package static func file(_ vectors: [[Float]], dimension: Int) -> Data {
        var data = NumPyHeader(description: "'<f4'", shape: [vectors.count, dimension]).bytes
        for vector in vectors {
            precondition(
                vector.count == dimension,
                "a vector of \(vector.count) numbers in a matrix of \(dimension)"
            )
            vector.withUnsafeBytes { data.append(contentsOf: $0) }
        }
        return data
    }

    /// A row, as a view.
    package func view(_ row: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(rebasing: numbers[row * dimension..<(row + 1) * dimension])
    }

    /// The inner products of vectors with the rows, a list for each vector, in one pass over the rows.
    package func products(_ vectors: [[Float]], _ rows: [Int]) -> [[Float]] {
        let flat = vectors.flatMap(\.self)
        var found = vectors.map { _ in [Float](repeating: 0, count: rows.count) }
        guard !vectors.isEmpty else { return found }
        flat.withUnsafeBufferPointer { flat in
            for (place, row) in rows.enumerated() {
                let row = view(row)
                for number in vectors.indices {
                    let vector = UnsafeBufferPointer(
                        rebasing: flat[number * dimension..<(number + 1) * dimension]
                    )
                    found[number][place] = innerProduct(vector, row)
                }
            }
        }
        return found
    }

    /// A row, as a copy.
    public subscript(row: Int) -> [Float] { Array(view(row)) }
}
