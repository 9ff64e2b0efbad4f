package import Foundation
package import Matinee

/// Writes ``RatingsFile``: puts the ratings of each user together and in the order of time, in bounded memory.
///
/// MovieLens has them together since 10M: then each user's are sorted as soon as they are there. Otherwise all are
/// written as they come and put in order in the end, so many users at a time as fit into ``budget``.
package final class RatingsWriter {
    package typealias Rating = RatingsFile.Rating

    /// How many ratings are held at once where they are put in order: 128 MB.
    package static let budget = 8 << 20

    private let url: URL
    private var file: OutputFile
    private let budget: Int
    /// How many ratings each user has.
    private var counts: [Int] = []
    /// Those that came last: of one user, as long as users come one after another.
    private var group: [Rating] = []
    private var isGrouped = true
    private var count = 0

    package init(_ url: URL, budget: Int = budget) throws {
        (self.url, self.budget) = (url, budget)
        file = try OutputFile(url)
        try file.write(Self.header(0))
    }

    /// The head of the file; of the same length for every number.
    private static func header(_ count: Int) -> Data {
        NumPyHeader(description: RatingsFile.fields, shape: [count]).bytes
    }

    /// Takes a rating. Users must be numbered in the order in which they come.
    package func add(_ rating: Rating) throws {
        let user = Int(rating.user)
        if user == counts.count { counts.append(0) }
        if isGrouped, let last = group.last, last.user != rating.user {
            try flush()
            isGrouped = user == counts.count - 1
        }
        counts[user] += 1
        count += 1
        group.append(rating)
        if !isGrouped, group.count >= 1 << 16 { try flush() }
    }

    private func flush() throws {
        if isGrouped { group.sort(by: Self.isEarlier) }
        try group.withUnsafeBytes { try file.write($0) }
        group.removeAll(keepingCapacity: true)
    }

    private static func isEarlier(_ a: Rating, _ b: Rating) -> Bool {
        a.time == b.time ? a.movie < b.movie : a.time < b.time
    }

    /// Writes what is left, and all to disk.
    /// - Returns: how many ratings there are.
    package func finish() throws -> Int {
        try flush()
        if isGrouped {
            try file.overwrite(Self.header(count), at: 0)
        } else {
            try putInOrder()
        }
        try file.synchronize()
        return count
    }

    /// Writes the file anew, user after user.
    private func putInOrder() throws {
        try file.flush()
        let draft = url.appendingPathExtension("unordered")
        try FileManager.default.moveItem(at: url, to: draft)
        let source = try InputFile(draft)
        file = try OutputFile(url)
        try file.write(Self.header(count))
        var first = 0
        while first < counts.count {
            var next = first, size = 0
            while next < counts.count, next == first || size + counts[next] <= budget {
                size += counts[next]
                next += 1
            }
            try write(first..<next, size, from: source)
            first = next
        }
        try FileManager.default.removeItem(at: draft)
    }

    /// Picks the ratings of some users out of the unordered file and writes them.
    private func write(_ users: Range<Int>, _ size: Int, from source: InputFile) throws {
        var places = [0]
        for user in users { places.append(places[places.count - 1] + counts[user]) }
        var sorted = [Rating](repeating: Rating(user: 0, movie: 0, rating: 0, time: 0), count: size)
        var ends = places
        try Self.forEach(in: source) { rating in
            let user = Int(rating.user) - users.lowerBound
            guard user >= 0, user < users.count else { return }
            sorted[ends[user]] = rating
            ends[user] += 1
        }
        for user in 0..<users.count { sorted[places[user]..<places[user + 1]].sort(by: Self.isEarlier) }
        try sorted.withUnsafeBytes { try file.write($0) }
    }

    private static func forEach(in source: InputFile, _ body: (Rating) -> Void) throws {
        let memory = UnsafeMutableBufferPointer<Rating>.allocate(capacity: 1 << 16)
        defer { memory.deallocate() }
        var place = header(0).count
        while place < source.size {
            let read = try source.read(at: place, into: UnsafeMutableRawBufferPointer(memory))
            let whole = read / MemoryLayout<Rating>.stride
            guard whole > 0 else { throw FormatError.unreadable(source.path, "it was cut short") }
            memory[..<whole].forEach(body)
            place += whole * MemoryLayout<Rating>.stride
        }
    }
}
