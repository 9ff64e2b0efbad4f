import Foundation
import Matinee

/// Reads the ratings of a MovieLens data set: who rated which film how, and when.
struct RatingsReader {
    private(set) var users = IDTable()
    /// How many ratings each film has, by its row.
    private(set) var counts: [Int]

    init(movies: Int) { counts = Array(repeating: 0, count: movies) }

    /// Reads `ratings.csv`, `ratings.dat`, `u.data` or `ml-100k.inter` and hands each rating on.
    ///
    /// This runs 32 million times for MovieLens 32M: no text is made of a row.
    mutating func read(_ table: Table, _ ids: IDTable, _ writer: RatingsWriter) throws {
        guard let user = table["userid"], let movie = table["movieid"], let rating = table["rating"] else {
            return
        }
        let time = table["timestamp"]
        try table.forEach { record in
            guard let row = ids.number(of: record[movie]) else { return MovieLensMovies.isNoFilm }
            guard let value = record[rating].decimalNumber, value <= 100 else {
                return "its rating is no number"
            }
            guard let seconds = time.map({ record[$0].decimalNumber }) ?? 0, seconds <= Double(UInt32.max)
            else {
                return "its time is no number of seconds since 1970"
            }
            guard let number = users.number(adding: record[user])?.number else { return "it has no userId" }
            counts[row] += 1
            try writer.add(
                .init(user: UInt32(number), movie: UInt32(row), rating: Float(value), time: UInt32(seconds))
            )
            return nil
        }
    }

    /// How commonly each film is rated: `log(1 + n) / log(1 + max)`, 0...1, to four digits.
    static func popularity(_ counts: [Int]) -> [Double] {
        let top = log1p(Double(counts.max() ?? 0))
        return counts.map { top > 0 ? (log1p(Double($0)) / top * 10_000).rounded() / 10_000 : 0 }
    }
}
