/// A normal distribution for each of many users or movies: an offset (element 0) and factors (the others), all
/// independent.
package struct Factors: Sendable, Equatable {
    /// How many numbers each has.
    package let dimension: Int

    /// Of shape (count, dimension).
    package var means: [Float]
    package var variances: [Float]

    package var count: Int { means.count / dimension }

    package init(count: Int, dimension: Int, variances: [Float]) {
        precondition(variances.count == dimension, "a variance for each number")
        self.dimension = dimension
        means = [Float](repeating: 0, count: count * dimension)
        self.variances = (0..<count).flatMap { _ in variances }
    }
}

/// The posterior of one side's numbers, given ratings and the other side's: Bayesian linear regression with inputs
/// that are themselves uncertain.
///
/// The rating of user u for movie i is `μ + b_u + b_i + p_u·q_i` with normal noise; with one side fixed it is linear
/// in the other. Variational Bayes as in Lim and Teh, "Variational Bayesian Approach to Movie Rating Prediction",
/// KDD Cup 2007, with independent numbers on the fixed side.
package struct Posterior {
    private let count: Int
    private var precision: [Double]
    private var vector: [Double]
    private let noise: Double

    /// Begins with the prior: means and variances of independent numbers.
    /// - Parameter noise: the variance of ratings.
    package init(means: some Collection<Float>, variances: [Float], noise: Float) {
        count = variances.count
        self.noise = Double(noise)
        precision = [Double](repeating: 0, count: count * count)
        vector = zip(means, variances).map { Double($0) / Double($1) }
        for i in 0..<count { precision[i * count + i] = 1 / Double(variances[i]) }
    }

    /// Takes in a rating, less μ, by or of one of the other side.
    package mutating func add(_ rating: Float, _ other: Factors, at index: Int) {
        let start = index * count, weight = 1 / noise
        let target = Double(rating - other.means[start]) * weight
        for i in 0..<count {
            let input = i == 0 ? 1 : Double(other.means[start + i])
            vector[i] += input * target
            precision[i * count] += input * weight
            if i > 0 {
                for j in 1...i { precision[i * count + j] += input * weight * Double(other.means[start + j]) }
                precision[i * count + i] += Double(other.variances[start + i]) * weight
            }
        }
    }

    /// The mean, and the covariance of shape (count, count), by Cholesky's factor.
    package consuming func solved() -> (mean: [Double], covariance: [Double]) {
        factorise()
        var covariance = [Double](repeating: 0, count: count * count)
        for column in 0..<count {
            var unit = [Double](repeating: 0, count: count)
            unit[column] = 1
            let solution = solution(unit)
            for row in 0..<count { covariance[row * count + column] = solution[row] }
        }
        return (solution(vector), covariance)
    }

    private mutating func factorise() {
        for i in 0..<count {
            for j in 0...i {
                var sum = precision[i * count + j]
                for k in 0..<j { sum -= precision[i * count + k] * precision[j * count + k] }
                // The prior's precision keeps the diagonal above 0; rounding may not.
                precision[i * count + j] =
                    i == j ? max(sum, 1e-12).squareRoot() : sum / precision[j * count + j]
            }
        }
    }

    private func solution(_ right: [Double]) -> [Double] {
        var x = right
        for i in 0..<count {
            for k in 0..<i { x[i] -= precision[i * count + k] * x[k] }
            x[i] /= precision[i * count + i]
        }
        for i in (0..<count).reversed() {
            for k in i + 1..<count { x[i] -= precision[k * count + i] * x[k] }
            x[i] /= precision[i * count + i]
        }
        return x
    }
}
