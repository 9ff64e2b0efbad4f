import ArgumentParser
import Foundation
import Matinee
import MatineeCompute
import MatineeLab
import MatineeSearch

extension CatalogCommand {
    struct Map: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draw all films on a map where those that are alike lie together."
        )
        @Argument(help: "Where to write the picture, an SVG file; one that is there is replaced.")
        var file: String?
        @Option(help: "Draw the way of this user's taste, turn by turn.") var user: String?
        @Flag(help: "Print films, regions and way as JSON.") var json = false
        @OptionGroup var common: CommonOptions

        func validate() throws {
            guard file != nil || json else {
                throw ValidationError("Name the file to write, for example map.svg, or ask for --json.")
            }
        }

        func run() async throws {
            let picture = try await picture(Assembly(common))
            if let file { try write(MapSVG(picture).data(), to: file) }
            if json { return try output(JSON.line(picture)) }
            output(summary(picture))
        }

        private func picture(_ assembly: Assembly) async throws -> MapPicture {
            let log = try user.map { try (name: $0, turns: turns(of: $0, assembly)) }
            let embedder = try assembly.embedder()
            let artifacts = try await assembly.artifacts(for: embedder)
            let search = ProgressBar(title: "Comparing the films (once)", unit: "films")
            let layout = ProgressBar(title: "Drawing the map (once)", unit: "rounds")
            let films = try await FilmMap(of: artifacts, in: assembly.artifactsFolder(for: embedder)) {
                ($0 == .neighbors ? search : layout).show($1, of: $2)
            }
            let (map, index) = (films.map, films.index)
            var picture = MapPicture(map, catalog: artifacts.catalog)
            picture.neighbors_kept = try MapQuality().share(
                of: map.places,
                rows: artifacts.movies,
                index: index
            )
            if let log {
                try picture.follow(log.name, log: log.turns, on: map, index: index, embedder: embedder.name)
            }
            return picture
        }

        private func turns(of user: String, _ assembly: Assembly) throws -> [LoggedTurn] {
            let store = try assembly.store()
            guard try store.memory(of: user, embedder: "").version > 0 else {
                throw StoreError.unknownUser(user)
            }
            return try store.log(of: user)
        }

        /// Puts the picture in the place of a file, whole or not at all; what is no file, such as a pipe, is written to.
        private func write(_ data: Data, to file: String) throws {
            let url = URL(filePath: file)
            let type =
                try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
            do {
                if let type, type != .typeRegular, type != .typeDirectory {
                    try FileHandle(forWritingTo: url).write(contentsOf: data)
                } else {
                    try data.write(to: url, options: .atomic)
                }
            } catch {
                throw UnwritableMap(file: file, reason: reason(error))
            }
        }

        private func summary(_ picture: MapPicture) -> String {
            var text =
                "\(count(picture.films.count, "film")) in \(count(picture.regions.count, "region")) are in \(printable(file ?? ""))."
            if let kept = picture.neighbors_kept {
                text +=
                    " Of the 10 films most like a film, \(Int((100 * kept).rounded())) % are among the 30 nearest on the map."
            }
            if picture.films.count > MapSVG.mostCircles {
                text +=
                    " The \(MapSVG.mostCircles) best known are circles with titles, the others bare points."
            }
            return text
        }
    }
}

private struct UnwritableMap: Error, CustomStringConvertible {
    var file: String
    var reason: String

    var description: String {
        "The map cannot be written to \(printable(file)): \(reason). Name another file."
    }
}
