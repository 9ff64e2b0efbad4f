/// How true predicted ratings are; its JSON is what `matinee eval calibration --json` prints. Ratings are on 0...1, as ŷ
/// enters the final score: `(rating - 1) / 4`.
package struct CalibrationReport: Sendable, Codable {
    /// Ratings whose predictions are about the same.
    package struct Bin: Sendable, Codable {
        package var count: Int
        package var predicted: Double
        package var given: Double
        package var given_ci95: [Double]
    }

    /// A way to predict, and its errors over all held-out ratings.
    package struct Errors: Sendable, Codable {
        package var name: String
        package var rmse: Double
        package var rmse_ci95: [Double]
        package var mae: Double
    }

    package var source: String
    package var users: Int
    package var ratings: Int
    package var folds: Int
    package var seed: UInt64
    /// By the prediction, lowest first, of about as many ratings each.
    package var bins: [Bin]
    /// The mean of |predicted - given| over the bins, weighed by their ratings (expected calibration error; Naeini,
    /// Cooper and Hauskrecht 2015).
    package var error: Double
    /// The share of given ratings within 1.645 deviations of the prediction: 0.9 where deviations are true.
    package var within90: Double
    package var errors: [Errors]
}

extension CalibrationReport {
    /// The report in lines for a terminal.
    package var text: String {
        ([lead] + tables.map(\.plain)).joined(separator: "\n\n")
    }

    private var lead: String {
        "\(decimal(Double(ratings), digits: 0)) ratings of \(users) people (\(source)), each predicted by a model that was trained without it. Predictions and what was given differ by \(decimal(error, digits: 3)) in the mean over tenths; \(decimal(100 * within90, digits: 0)) % of the ratings lie in the interval that should hold 90 %."
    }

    private var tables: [ReportTable] {
        [
            ReportTable(
                "Errors of ŷ, on 0 to 1",
                columns: ["predicted by", "RMSE", "MAE"],
                rows: errors.map { error in
                    let rmse = Estimate(error.rmse, interval: error.rmse_ci95)
                    return [.text(error.name), .estimate(rmse, digits: 4), .number(error.mae, digits: 4)]
                },
                note: "Intervals of 95 % by bootstrap over people, seed \(seed)."
            ),
            ReportTable(
                "By tenths of the prediction",
                columns: ["predicted", "given", "ratings"],
                rows: bins.map { bin in
                    let given = Estimate(bin.given, interval: bin.given_ci95)
                    return [
                        .number(bin.predicted, digits: 3), .estimate(given, digits: 3), .count(bin.count),
                    ]
                }
            ),
        ]
    }

    /// The report as a section.
    package var section: ReportSection {
        let points = bins.map { bin in
            CurvePlot.Point(bin.predicted, Estimate(bin.given, interval: bin.given_ci95, count: bin.count))
        }
        let plot = ReportPlot(
            "Calibration of ŷ",
            caption:
                "Held-out ratings by tenths of their prediction: what was given in the mean, with intervals of 95 %. On the dashed line predictions are true; a flatter curve is too sure of itself.",
            .curves(
                CurvePlot(
                    x: PlotAxis("predicted ŷ"),
                    y: PlotAxis("given, mean"),
                    series: [.init("", points)],
                    reference: .identity
                )
            )
        )
        return ReportSection(
            "Are predicted ratings true?",
            lead: lead,
            headlines: [ReportHeadline("Calibration error of ŷ", Estimate(error, count: ratings))],
            blocks: [.plot(plot)] + tables.map(ReportBlock.table)
        )
    }
}
