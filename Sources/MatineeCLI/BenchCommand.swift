import ArgumentParser
import Foundation
import Matinee
import MatineeCompute
import MatineeLab

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure embedding, search, turns and start on this machine."
    )

    enum Part: String, CaseIterable, ExpressibleByArgument {
        // The start first: while this process is small, which a child's resident memory begins with.
        case startup, embed, embedBatch = "embed_batch", search, turn
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var tuning: TuningOptions

    @Option(help: "A part to measure; may be repeated. All, where none is named.")
    var only: [Part] = []

    @Option(help: "Rows to search in.")
    var rows = 87_585

    @Option(help: "Numbers in a row.")
    var dimension = 768

    @Option(help: "The seed of the rows and queries.")
    var seed: UInt64 = 1

    @Option(help: "Texts to embed, one a line, in place of the catalogue's; the first is the message.")
    var texts: String?

    @Option(help: "Where to write the vectors of the texts, as a NumPy file.")
    var embeddings: String?

    @Option(help: "Rows to search in, as a NumPy file, in place of seeded ones.")
    var vectors: String?

    @Option(help: "Queries for the rows, as a NumPy file.")
    var queries: String?

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        guard (1...100_000_000).contains(rows), (1...100_000).contains(dimension),
            UInt64(rows * dimension) * 12 <= ProcessInfo.processInfo.physicalMemory
        else { throw ValidationError("--rows and --dimension must be positive, and fit into memory.") }
        guard (vectors == nil) == (queries == nil) else {
            throw ValidationError("--vectors and --queries go together.")
        }
        guard texts != nil || embeddings == nil else { throw ValidationError("--embeddings needs --texts.") }
        guard embeddings == nil || only.isEmpty || only.contains(.embedBatch) else {
            throw ValidationError("--embeddings needs the part embed_batch.")
        }
        if let embeddings, FileManager.default.fileExists(atPath: embeddings) {
            throw ValidationError("\(printable(embeddings)) is there already: name a new file.")
        }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let report = try await spinning("measuring") { try await measure(assembly) }
        if json { try output(JSON.pretty(report)) } else { output(report.description) }
    }

    private func measure(_ assembly: Assembly) async throws -> BenchReport {
        var report = BenchReport()
        for part in Part.allCases where only.isEmpty || only.contains(part) {
            switch part {
            case .embed: report.embed = try await embed(assembly)
            case .embedBatch: report.embed_batch = try await embedBatch(assembly)
            case .search: report.search = try await search()
            case .turn: report.turn = try await turn(assembly)
            case .startup: (report.startup_ms, report.rss_mb) = try await StartBench(common).run()
            }
        }
        return report
    }

    private func lines() throws -> [String]? {
        guard let texts else { return nil }
        let text = (try? String(contentsOfFile: texts, encoding: .utf8)) ?? ""
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !printable($0).isEmpty }
        guard !lines.isEmpty else {
            throw UsageError("The file \(printable(texts)) cannot be read, or holds no text.")
        }
        return lines
    }

    private func embed(_ assembly: Assembly) async throws -> BenchReport.Embed {
        try await EmbedBench(assembly.embedder()).message(lines()?.first ?? EmbedBench.message)
    }

    private func embedBatch(_ assembly: Assembly) async throws -> BenchReport.EmbedBatch {
        let encoder = try assembly.embedder()
        let texts = try lines() ?? Catalog(contentsOf: assembly.catalogFile()).movies.map(\.text)
        let (figures, found) = try await EmbedBench(encoder).batch(texts)
        if let embeddings {
            try writeNew(
                EmbeddingMatrix.file(found, dimension: encoder.dimension),
                to: URL(filePath: embeddings)
            )
        }
        return figures
    }

    private func search() async throws -> BenchReport.Search? {
        guard let vectors, let queries else {
            return try await SearchBench().worst(of: [
                { .isotropic(rows: rows, dimension: dimension, queries: 30, seed: seed) },
                { .clustered(rows: rows, dimension: dimension, queries: 30, seed: seed) },
            ])
        }
        let (known, wishes) = try (matrix(vectors), matrix(queries))
        guard known.dimension == wishes.dimension else {
            throw UsageError(
                "The queries have \(wishes.dimension) numbers each, the vectors \(known.dimension)."
            )
        }
        let sample = SampleVectors(name: "file", rows: known, queries: (0..<wishes.count).map { wishes[$0] })
        return try await SearchBench().run(sample)
    }

    /// A matrix of the user's own.
    private func matrix(_ path: String) throws -> EmbeddingMatrix {
        guard let matrix = try? EmbeddingMatrix(contentsOf: URL(filePath: path)), matrix.count > 0,
            matrix.numbers.allSatisfy(\.isFinite)
        else {
            throw UsageError(
                "The file \(printable(path)) is no NumPy matrix of finite float32 numbers with a row or more."
            )
        }
        return matrix
    }

    /// Turns of a user in a data folder that is removed afterwards.
    private func turn(_ assembly: Assembly) async throws -> BenchReport.Turn {
        let folder = FileManager.default.temporaryDirectory.appending(path: "matinee-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let recommender = try await assembly.recommender(
            store: assembly.store(in: folder),
            settings: assembly.settings.tuning(tuning).settings
        )
        return try await TurnBench(recommender).run()
    }
}
