import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("Ratings")
struct RatingsFileTests {
    private let folder: TemporaryFolder
    private var file: URL { folder.url.appending(path: "ratings.npy") }

    init() throws { folder = try TemporaryFolder() }

    /// The head as NumPy 2.4 writes it for a structured array of two records.
    private static let head =
        "{'descr': [('user', '<u4'), ('movie', '<u4'), ('rating', '<f4'), ('time', '<u4')], 'fortran_order': False, 'shape': (2,), }"

    private func bytes(_ head: String, _ numbers: [UInt32]) -> Data {
        let padded = head + String(repeating: " ", count: 182 - 1 - head.utf8.count) + "\n"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 182, 0]) + Data(padded.utf8)
        for number in numbers { withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) } }
        return data
    }

    private func opened(_ numbers: [UInt32], _ head: String = head) throws -> RatingsFile {
        try bytes(head, numbers).write(to: file)
        return try RatingsFile(contentsOf: file, movies: 3)
    }

    private let four = Float(4).bitPattern

    @Test("Ratings are found by user, as NumPy wrote them")
    func reading() throws {
        let ratings = try opened([0, 2, four, 10, 1, 0, Float(0.5).bitPattern, 4_000_000_000])
        #expect(ratings.count == 2 && ratings.users == 2)
        #expect(Array(ratings.ratings(of: 0)) == [.init(user: 0, movie: 2, rating: 4, time: 10)])
        #expect(
            Array(ratings.ratings(of: 1)) == [.init(user: 1, movie: 0, rating: 0.5, time: 4_000_000_000)]
        )
    }

    @Test("No ratings are no users")
    func empty() throws {
        let ratings = try opened([], Self.head.replacingOccurrences(of: "(2,)", with: "(0,)"))
        #expect(ratings.count == 0 && ratings.users == 0)
    }

    @Test("A file that is cut short, of another form, out of order or out of range is refused by name")
    func damage() throws {
        let good = [0, 2, four, 10, 0, 0, four, 10], nan = Float.nan.bitPattern
        _ = try opened(good)
        let wrong: [[UInt32]] = [
            Array(good.dropLast()), good + [1], [1, 2, four, 10, 1, 0, four, 10],
            [0, 2, four, 10, 2, 0, four, 10], [0, 2, four, 10, .max, 0, four, 10],
            [0, 2, four, 10, 0, 0, four, 9], [0, 3, four, 10, 0, 0, four, 10],
            [0, 2, nan, 10, 0, 0, four, 10], [],
        ]
        for numbers in wrong {
            #expect { try opened(numbers) } throws: { "\($0)".contains("ratings.npy") }
        }
        for (part, other) in [
            ("<f4", "<f8"), ("(2,)", "(2, 4)"), ("(2,)", "(1152921504606846977,)"),
            ("(2,)", "(99999999999999999999,)"), ("False", "True"), ("user", "item"),
        ] {
            let head = Self.head.replacingOccurrences(of: part, with: other)
            #expect { try opened(good, head) } throws: { "\($0)".contains("ratings.npy") }
        }
        try FileManager.default.removeItem(at: file)
        #expect {
            try RatingsFile(contentsOf: file, movies: 3)
        } throws: {
            "\($0)".contains("cannot be read")
        }
    }

    @Test("A spoilt file is read within its bounds or refused", .timeLimit(.minutes(Fuzzer.minutes)))
    func spoilt() async throws {
        let whole = bytes(Self.head, [0, 2, four, 10, 1, 0, four, 11])
        let failures = await Fuzzer.failures { fuzzer in
            try Data(fuzzer.spoilt(whole)).write(to: file)
            do {
                let ratings = try RatingsFile(contentsOf: file, movies: 3)
                let all = (0..<ratings.users).flatMap { ratings.ratings(of: $0) }
                return all.count == ratings.count && all.allSatisfy { $0.movie < 3 } ? nil : "\(all)"
            } catch is RatingsFileError { return nil }
        }
        #expect(failures == [])
    }
}
