import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract:
            "Make the artifacts of a catalogue: the embeddings of its films, keywords and users, and films that go together.",
        discussion: "What was embedded before is not embedded again; a build that was interrupted goes on."
    )

    @OptionGroup var common: CommonOptions

    @Option(help: "Ratings of the catalogue's films: the ratings.npy that `matinee catalog import` made.")
    var ratings: String?

    @Option(help: "What users wrote, as JSON Lines: conversation rows, or rows of a user and a text.")
    var messages: String?

    @Option(help: "The weight of ratings for users who also wrote, 0 to 1.")
    var ratingsWeight = 0.7

    func validate() throws {
        guard (0...1).contains(ratingsWeight) else {
            throw ValidationError("--ratings-weight must be from 0 to 1.")
        }
    }

    func run() async throws {
        let assembly = try await Assembly(common)
        let embedder = try assembly.embedder()
        let folder = try assembly.artifactsFolder(for: embedder)
        let rated = try ratings.map { try readRatings(URL(filePath: $0), assembly.catalogFile()) }
        let users = try users(rated, by: embedder)
        if users == nil, let old = try? Artifacts.manifest(of: folder).users {
            note(
                "Warning: the vectors of \(old) users are left out: give --ratings or --messages to keep them."
            )
        }
        try await assembly.build(
            into: folder,
            with: embedder,
            users: users,
            neighbors: neighbors(rated?.file)
        )
        let manifest = try Artifacts.manifest(of: folder)
        let count = manifest.users.map { ", and \($0) users" } ?? ""
        output(
            "\(manifest.movies) films and \(manifest.keywords) keywords\(count) by \(manifest.embedder) are in \(folder.path)."
        )
    }

    /// What makes the users' vectors once those of the films are there; `nil` where there are no users. Every file is
    /// read before, so that a mistake is told at once.
    private func users(_ rated: (file: RatingsFile, names: RatingUsers)?, by embedder: any Embedder) throws
        -> ArtifactsBuilder.Users?
    {
        guard ratings != nil || messages != nil else { return nil }
        let said = try messages.map { try SpeakerMessages(contentsOf: URL(filePath: $0)) }
        var builder = UserVectorsBuilder()
        builder.ratingsWeight = Float(ratingsWeight)
        let bar = ProgressBar(title: "Reading the messages", unit: "messages")
        return { [builder] (_: Catalog, movies: EmbeddingMatrix) async throws -> UserVectors in
            let texts = try await said?.tastes(by: embedder) { bar.show($0, of: $1) } ?? [:]
            return builder.build(
                ratings: rated?.file,
                name: { rated?.names[$0] ?? "" },
                texts: texts,
                messages: said?.messages.mapValues(\.count) ?? [:],
                movies: movies
            )
        }
    }

    private func neighbors(_ ratings: RatingsFile?) -> ((Catalog) throws -> Neighbors)? {
        guard let ratings else { return nil }
        return { catalog in
            note(
                "Finding the films that go together by \(ratings.count) ratings; of many films it takes minutes."
            )
            return try EASENeighbors().build(ratings, movies: catalog.count)
        }
    }

    /// Ratings and the names of their users; the ratings must be of the catalogue, whose rows they count.
    private func readRatings(_ url: URL, _ catalogFile: URL) throws -> (file: RatingsFile, names: RatingUsers)
    {
        let imported = url.deletingLastPathComponent().appending(path: "catalog.jsonl")
        guard try Catalog.checksum(of: imported) == Catalog.checksum(of: catalogFile) else {
            throw RatingsFileError.damaged(
                url,
                "they are of the catalogue \(imported.path), so name that with --catalog"
            )
        }
        let file = try RatingsFile(contentsOf: url, movies: Catalog(contentsOf: catalogFile).count)
        return try (file, RatingUsers(besides: url, count: file.users))
    }
}
