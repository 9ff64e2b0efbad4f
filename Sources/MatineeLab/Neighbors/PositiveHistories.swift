package import Matinee

/// The films that each user of a ratings file rates at their own middle or above, made when they are asked for.
package struct PositiveHistories: RandomAccessCollection {
    private let ratings: RatingsFile
    private let mean: Double
    private let taste = RatingsTaste()

    package init(_ ratings: RatingsFile) {
        self.ratings = ratings
        mean = ratings.ratings.reduce(0.0) { $0 + Double($1.rating) } / Double(Swift.max(1, ratings.count))
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { ratings.users }

    /// A user's films; of a film that was rated again, the last rating counts.
    package subscript(user: Int) -> [Int] {
        let own = ratings.ratings(of: user), centre = taste.centre(of: own, mean: mean)
        var films: [Int: Bool] = [:], order: [Int] = []
        for rating in own {
            if films.updateValue(rating.rating >= centre, forKey: Int(rating.movie)) == nil {
                order.append(Int(rating.movie))
            }
        }
        return order.filter { films[$0] == true }
    }
}
