public import Foundation

/// Who rated which movie how, and when: the `ratings.npy` of an imported catalogue, memory-mapped.
///
/// A NumPy file of version 1.0: one record of 16 bytes a rating, the users in the order of `users.jsonl`, the ratings of
/// a user in the order of time.
// @unchecked: the pointer leads into `data`, which is never written and lives as long as the file.
public final class RatingsFile: @unchecked Sendable {
    /// One record; its fields lie in memory as in the file.
    public struct Rating: Sendable, Equatable {
        /// The user's number: the line in `users.jsonl`, from 0.
        public var user: UInt32
        /// The row in the catalogue.
        public var movie: UInt32
        /// On the scale of the source (MovieLens: 0.5 to 5, or 1 to 5); higher is better.
        public var rating: Float
        /// Seconds since 1970, 0 where the source does not say.
        public var time: UInt32

        public init(user: UInt32, movie: UInt32, rating: Float, time: UInt32) {
            (self.user, self.movie, self.rating, self.time) = (user, movie, rating, time)
        }
    }

    /// Some of the ratings, without a copy; keeps the file.
    // @unchecked: as the file is.
    public struct Ratings: RandomAccessCollection, @unchecked Sendable {
        fileprivate let file: RatingsFile
        fileprivate let records: UnsafeBufferPointer<Rating>

        public var startIndex: Int { 0 }
        public var endIndex: Int { records.count }
        public subscript(index: Int) -> Rating { records[index] }
    }

    private let records: UnsafeBufferPointer<Rating>

    /// Where the ratings of each user begin; and, last, how many ratings there are.
    private let starts: [Int]
    private let data: Data

    /// How many ratings there are.
    public var count: Int { records.count }

    /// How many users there are; each has at least one rating.
    public var users: Int { starts.count - 1 }

    /// The element type, as NumPy writes it.
    package static let fields = "[('user', '<u4'), ('movie', '<u4'), ('rating', '<f4'), ('time', '<u4')]"

    /// Maps a file and checks every record, in one pass.
    /// - Parameter movies: how many rows the catalogue has.
    /// - Throws: ``RatingsFileError`` where it is missing, cut short, of another form or of another catalogue.
    public init(contentsOf url: URL, movies: Int) throws {
        do { data = try Data(contentsOf: url, options: .alwaysMapped) } catch {
            throw RatingsFileError.unreadable(url, reason(error))
        }
        do throws(NumPyHeader.Fault) {
            let start = try Self.start(of: data)
            records = data.withUnsafeBytes {
                UnsafeBufferPointer(rebasing: $0[start...].bindMemory(to: Rating.self)[...])
            }
            starts = try Self.starts(of: records, movies: movies)
        } catch { throw RatingsFileError.damaged(url, error.description) }
    }

    /// All ratings, user after user.
    public var ratings: Ratings { Ratings(file: self, records: records) }

    /// The ratings of a user, in the order of time.
    /// - Precondition: the user is one of `0..<users`.
    public func ratings(of user: Int) -> Ratings {
        Ratings(file: self, records: UnsafeBufferPointer(rebasing: records[starts[user]..<starts[user + 1]]))
    }

    private static func start(of data: Data) throws(NumPyHeader.Fault) -> Int {
        let (header, start) = try NumPyHeader.read(data)
        guard header.description == fields, header.shape.count == 1 else {
            throw NumPyHeader.Fault(description: "it does not hold ratings")
        }
        let size = header.shape[0].multipliedReportingOverflow(by: MemoryLayout<Rating>.stride)
        guard !size.overflow, data.count - start == size.partialValue, start % 4 == 0 else {
            throw NumPyHeader.Fault(
                description: "it should hold \(header.shape[0]) ratings but has \(data.count) bytes"
            )
        }
        return start
    }

    private static func starts(of ratings: UnsafeBufferPointer<Rating>, movies: Int)
        throws(NumPyHeader.Fault) -> [Int]
    {
        var starts: [Int] = [], time: UInt32 = 0
        for (i, rating) in ratings.enumerated() {
            if Int(rating.user) == starts.count {
                starts.append(i)
                time = 0
            }
            guard Int(rating.user) == starts.count - 1, rating.time >= time else {
                throw NumPyHeader.Fault(description: "its rating \(i) is not in order of user and time")
            }
            guard Int(rating.movie) < movies, rating.rating.isFinite else {
                throw NumPyHeader.Fault(
                    description: "its rating \(i) is of a movie or value that does not exist"
                )
            }
            time = rating.time
        }
        return starts + [ratings.count]
    }
}

/// Why the ratings of an imported catalogue cannot be used.
public enum RatingsFileError: Error, Equatable, CustomStringConvertible {
    case unreadable(URL, String)
    case damaged(URL, String)

    public var description: String {
        switch self {
        case .unreadable(let url, let why):
            "The ratings \(url.path) cannot be read: \(why). Import the source anew with `matinee catalog import`."
        case .damaged(let url, let what):
            "The ratings \(url.path) cannot be used: \(what). Import the source anew with `matinee catalog import`."
        }
    }
}
