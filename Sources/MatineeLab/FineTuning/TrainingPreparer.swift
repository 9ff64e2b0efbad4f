package import Foundation
package import Matinee

/// Makes the files of a fine-tuning out of a dataset: `train.jsonl`, `validation.jsonl`, `held-out.jsonl`, `report.json`.
///
/// Nothing of what is asked for can be read off: members are split, not ratings, and a person under two names is held for
/// one; a profile knows only what was rated before the film, and the film in no edition; reviews, hearts without a date,
/// lists and statistics over members are in no question.
package struct TrainingPreparer: Sendable {
    package static let train = "train.jsonl", validation = "validation.jsonl", heldOut = "held-out.jsonl",
        report = "report.json"

    private let settings: PreparationSettings
    private let catalog: Catalog?

    /// - Parameter catalog: tells genres, directors and length of films; without it, titles and years are all.
    package init(_ settings: PreparationSettings, catalog: Catalog?) {
        (self.settings, self.catalog) = (settings, catalog)
    }

    /// - Throws: ``DatasetError``; then the folder has no new files.
    package func prepare(_ dataset: DatasetFile, into folder: URL, progress: (Int) -> Void = { _ in }) throws
        -> PreparationReport
    {
        var work = try PreparationWork(settings, catalog, folder)
        try dataset.forEach { member in
            try work.take(member)
            progress(work.report.members)
        }
        return try work.finish(dataset)
    }
}

/// The files on their way.
private struct PreparationWork {
    private let settings: PreparationSettings
    private let catalog: Catalog?
    private let folder: URL
    private let drafts: LineWriter, validation: LineWriter, heldOut: LineWriter
    private var lines: [(start: Int, count: Int, answer: UInt8)] = []
    private var people = PersonIndex()
    private var asked: Set<UInt64> = []
    private let encoder = JSONEncoder()
    private(set) var report = PreparationReport()

    init(_ settings: PreparationSettings, _ catalog: Catalog?, _ folder: URL) throws {
        (self.settings, self.catalog, self.folder) = (settings, catalog, folder)
        drafts = try LineWriter(folder.appending(path: "drafts.jsonl"))
        validation = try LineWriter(folder.appending(path: TrainingPreparer.validation))
        heldOut = try LineWriter(folder.appending(path: TrainingPreparer.heldOut))
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    mutating func take(_ member: DatasetMember) throws {
        report.members += 1
        let timeline = Timeline(member)
        report.ratings += timeline.rated.count
        report.unplaced += member.films.count { $0.rating != nil } - timeline.rated.count
        guard people.insert(member.member, timeline) else { return report.duplicates += 1 }
        let eligible = timeline.count(before: timeline.rated.last?.time ?? 0)
        guard eligible >= settings.least_history else { return report.too_short += 1 }
        var random = SeededGenerator(seed: settings.seed ^ stableHash(member.member))
        let isHeldOut = Double(random.next() >> 11) / Double(1 << 53) < settings.validation
        try isHeldOut ? holdOut(member, timeline) : train(timeline, &random)
    }

    /// Asks for films of a member drawn at random, each by what was rated before it.
    private mutating func train(_ timeline: Timeline, _ random: inout SeededGenerator) throws {
        let asked = timeline.rated.indices.filter {
            timeline.count(before: timeline.rated[$0].time) >= settings.least_history
        }
        var count = 0
        for place in asked.shuffled(using: &random).prefix(settings.per_member).sorted() {
            let rated = timeline.rated[place], answer = settings.answer(rated.rating)
            let history = timeline.history(before: rated.time, without: rated)
            guard let line = try line(rated, history) else { continue }
            lines.append((drafts.size, line.count, UInt8(answer)))
            try drafts.write(line)
            count += 1
        }
        report.train.members += count > 0 ? 1 : 0
    }

    /// Asks for the last films of a member, a fifth of all, by what was rated before the first of these.
    private mutating func holdOut(_ member: DatasetMember, _ timeline: Timeline) throws {
        guard let cut = HeldOutCut(timeline, settings) else { return report.too_short += 1 }
        let asked = try cut.films.filter { rated in
            let history = timeline.history(before: cut.time, without: rated)
            guard let line = try line(rated, history) else { return false }
            try validation.write(line)
            report.validation.count(settings.answer(rated.rating), line)
            return true
        }
        guard !asked.isEmpty else { return }
        try heldOut.write(encoder.encode(cut.member(member.member, asked)))
        report.validation.members += 1
    }

    /// The line of a question; `nil` where the profile has nothing to tell, or the same was asked before.
    private mutating func line(_ rated: Timeline.Rated, _ history: [Timeline.Rated]) throws -> Data? {
        let profile = TrainingProfile(history, tokens: settings.profile_tokens)
        guard !profile.liked.isEmpty || !profile.disliked.isEmpty else { return nil }
        let answer = settings.answer(rated.rating)
        let example = TrainingExample(profile: profile, film: movie(rated.film), answer: answer)
        let question = example.question.messages.last?.text ?? ""
        return try asked.insert(stableHash(question)).inserted ? example.line(encoder) : nil
    }

    private func movie(_ film: DatasetMember.Film) -> Movie {
        if let id = film.id, let catalog, let row = catalog.row(of: id) { return catalog[row] }
        var movie = Movie(id: film.id ?? film.label, title: film.title)
        movie.year = film.year
        return movie
    }

    mutating func finish(_ dataset: DatasetFile) throws -> PreparationReport {
        guard !lines.isEmpty else {
            throw DatasetError.empty(
                dataset.url.path,
                "no member rated \(settings.least_history + 1) films or more at times that are known"
            )
        }
        let train = try LineWriter(folder.appending(path: TrainingPreparer.train)),
            data = try drafts.content()
        var random = SeededGenerator(seed: settings.seed)
        for line in balanced(&random).shuffled(using: &random) {
            let bytes = data[data.startIndex + line.start..<data.startIndex + line.start + line.count]
            try train.write(bytes)
            report.train.count(Int(line.answer), bytes)
        }
        (report.dataset, report.dataset_sha256) = (dataset.url.path, dataset.checksum)
        report.finish(settings)
        for file in [train, validation, heldOut] { try file.finish() }
        do {
            try report.json.write(to: folder.appending(path: TrainingPreparer.report), options: .atomic)
        } catch {
            throw DatasetError.unwritable(folder.path, reason(error))
        }
        return report
    }

    /// Lines drawn so that ratings which come often are kept more seldom.
    private func balanced(_ random: inout SeededGenerator) -> [(start: Int, count: Int, answer: UInt8)] {
        guard settings.balance > 0 else { return lines }
        var counts = [Double](repeating: 0, count: 6)
        for line in lines { counts[Int(line.answer)] += 1 }
        let fewest = counts.filter { $0 > 0 }.min() ?? 1
        return lines.filter { line in
            let share = Double(random.next() >> 11) / Double(1 << 53)
            return share < pow(fewest / counts[Int(line.answer)], settings.balance)
        }
    }
}
