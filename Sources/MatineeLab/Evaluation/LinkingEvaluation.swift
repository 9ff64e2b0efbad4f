import Foundation
package import Matinee

/// Measures title linking on conversations whose titles are written as `Title (Year)`.
package struct LinkingEvaluation: Sendable {
    /// A link that is not right, or a title that no link is right for.
    package struct Failure: Encodable, Sendable {
        package var condition: String
        /// `missed`, or `wrong`: on a title, or `elsewhere`.
        package var kind: String
        package var film: String
        package var words: String
        package var text: String
    }

    private struct Counts {
        var gold = 0, linked = 0, right = 0, unjudged = 0, elsewhere = 0
    }

    private let catalog: Catalog
    private let seed: UInt64

    package init(_ catalog: Catalog, seed: UInt64) {
        (self.catalog, self.seed) = (catalog, seed)
    }

    /// - Returns: the figures, and every failure in the order of the conditions and texts.
    package func run(_ dialogues: [LinkingDialogue]) -> (report: LinkingReport, failures: [Failure]) {
        let linker = TitleLinker(catalog), rule = LinkingGold(catalog)
        var failures: [Failure] = [], time = Duration.zero
        let conditions = LinkingCondition.allCases.map { condition in
            var random = SeededGenerator(seed: seed)
            let counts = dialogues.map { dialogue in
                count(dialogue, condition, linker, rule, &random, &failures, &time)
            }
            return summary(condition, counts)
        }
        let texts = dialogues.map(\.texts.count).reduce(0, +)
        let runs = Double(max(1, texts * conditions.count))
        let report = LinkingReport(
            dialogues: dialogues.count,
            texts: texts,
            ms_per_text: rounded(time / .milliseconds(1) / runs),
            conditions: conditions
        )
        return (report, failures)
    }

    private func count(
        _ dialogue: LinkingDialogue,
        _ condition: LinkingCondition,
        _ linker: TitleLinker,
        _ rule: LinkingGold,
        _ random: inout SeededGenerator,
        _ failures: inout [Failure],
        _ time: inout Duration
    ) -> Counts {
        var counts = Counts()
        let titles = dialogue.texts.map(rule.titles)
        let named = titles.joined().reduce(into: Set<Int>()) { $0.formUnion($1.rows) }
        for (original, found) in zip(dialogue.texts, titles) {
            let made = condition.text(original, found, &random), text = made.text, gold = made.titles
            let start = ContinuousClock.now
            let links = linker.links(in: text)
            time += ContinuousClock.now - start
            func fail(_ kind: String, _ row: Int?, _ place: Range<Int>) {
                let words = String(decoding: Array(text.utf8)[place], as: UTF8.self)
                let film = row.map { catalog[$0].label } ?? ""
                failures.append(
                    Failure(condition: condition.rawValue, kind: kind, film: film, words: words, text: text)
                )
            }
            counts.gold += gold.count
            for title in gold {
                let hit = links.contains { $0.place.overlaps(title.place) && title.rows.contains($0.row) }
                if !hit { fail("missed", title.rows.min(), title.place) }
            }
            for link in links {
                let under = gold.filter { $0.place.overlaps(link.place) }
                if under.contains(where: { $0.rows.contains(link.row) }) {
                    counts.right += 1
                } else if under.isEmpty,
                    named.contains(link.row)
                        || made.original(of: link.place).map({ rule.isBare($0, of: link.row) }) ?? false
                {
                    counts.unjudged += 1
                    continue
                } else {
                    if under.isEmpty { counts.elsewhere += 1 }
                    fail(under.isEmpty ? "elsewhere" : "wrong", link.row, link.place)
                }
                counts.linked += 1
            }
        }
        return counts
    }

    private func summary(_ condition: LinkingCondition, _ counts: [Counts]) -> LinkingReport.Condition {
        func ratio(_ part: KeyPath<Counts, Int>, _ whole: KeyPath<Counts, Int>, _ rows: [Int]) -> Double {
            var a = 0, b = 0
            for row in rows {
                a += counts[row][keyPath: part]
                b += counts[row][keyPath: whole]
            }
            return b == 0 ? 0 : Double(a) / Double(b)
        }
        func total(_ part: KeyPath<Counts, Int>) -> Int { counts.map { $0[keyPath: part] }.reduce(0, +) }
        let all = Array(counts.indices)
        return LinkingReport.Condition(
            name: condition.rawValue,
            precision: rounded(ratio(\.right, \.linked, all)),
            precision_ci95: interval { ratio(\.right, \.linked, $0) },
            recall: rounded(ratio(\.right, \.gold, all)),
            recall_ci95: interval { ratio(\.right, \.gold, $0) },
            gold: total(\.gold),
            linked: total(\.linked),
            right: total(\.right),
            unjudged: total(\.unjudged),
            elsewhere: total(\.elsewhere)
        )
        /// The percentile bootstrap over dialogues (Efron 1979), 1,000 resamples.
        func interval(_ statistic: ([Int]) -> Double) -> [Double] {
            var random = SeededGenerator(seed: seed)
            let values = (0..<1_000).map { _ in
                statistic(all.map { _ in all.randomElement(using: &random) ?? 0 })
            }.sorted()
            return [rounded(values[25]), rounded(values[974])]
        }
    }
}
