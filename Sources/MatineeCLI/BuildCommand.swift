import ArgumentParser
import Foundation
import Matinee
import MatineeLab

struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract:
            "Make the artifacts of a catalogue: the embeddings of its films and keywords, and of users.",
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
        try await assembly.build(into: folder, with: embedder, users: users(by: embedder))
        let manifest = try Artifacts(folder: folder, for: embedder).manifest
        let users = manifest.users.map { ", and \($0) users" } ?? ""
        output(
            "\(manifest.movies) films and \(manifest.keywords) keywords\(users) by \(manifest.embedder) are in \(folder.path)."
        )
    }

    /// What makes the users' vectors once those of the films are there; `nil` where there are no users.
    private func users(by embedder: any Embedder) throws -> ArtifactsBuilder.Users? {
        guard ratings != nil || messages != nil else { return nil }
        let said = try messages.map { try SpeakerMessages(contentsOf: URL(filePath: $0)) }
        return { catalog, movies in
            let file = try ratings.map {
                try RatingsFile(contentsOf: URL(filePath: $0), movies: catalog.count)
            }
            let names = try ratings.map {
                try RatingUsers(besides: URL(filePath: $0), count: file?.users ?? 0)
            }
            var builder = UserVectorsBuilder()
            builder.ratingsWeight = Float(ratingsWeight)
            return try await builder.build(
                ratings: file,
                name: { names?[$0] ?? "" },
                texts: said?.tastes(by: embedder) ?? [:],
                messages: said?.messages.mapValues(\.count) ?? [:],
                movies: movies
            )
        }
    }
}
