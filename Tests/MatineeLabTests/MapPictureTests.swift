import Foundation
import FoundationXML
import Matinee
import MatineeLab
import MatineeTesting
import Testing

@Suite("Map picture")
struct MapPictureTests {
    /// Films of eight kinds, each with keywords of its kind, one that all have, and titles that break what is careless.
    private func picture(_ count: Int = 400) async throws -> MapPicture {
        let hostile = [
            "</svg><script>alert(1)</script>", "Tom & Jerry \"quoted\" 'single'", "]]> <!-- & -->",
            "\u{0}\u{1B}[2J\u{FFFE}bell\u{7}", "日本語の映画", "🎬🎬", String(repeating: "long ", count: 2_000),
        ]
        let films = (0..<count).map { row in
            (
                row < hostile.count ? hostile[row] : "Film \(row)",
                ["<kind\(row % 8)>", "mood\(row % 4)&", "everywhere"], Double(row % 100) / 100
            )
        }
        let map = try await MovieMap(places: Rows(clustered: count, kinds: 8).places())
        return try MapPicture(map, catalog: Catalog.of(films))
    }

    /// The elements of an SVG by name, with their attributes and text.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var text = ""

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) { elements.append((name, attributes)) }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    private func read(_ picture: MapPicture) throws -> Reader {
        let parser = XMLParser(data: MapSVG(picture).data()), reader = Reader()
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        return reader
    }

    @Test("Hostile titles stay text: the file is XML of known elements, with no reference and no script")
    func hostile() async throws {
        let reader = try await read(picture())
        let names = Set(reader.elements.map(\.name))
        #expect(
            names.isSubset(of: ["svg", "style", "rect", "g", "circle", "title", "text", "tspan", "path"])
        )
        #expect(reader.elements.count { $0.name == "circle" } == 400)
        #expect(
            reader.text.contains("</svg><script>alert(1)</script>") && reader.text.contains("Tom & Jerry")
        )
        for (_, attributes) in reader.elements {
            #expect(attributes.keys.allSatisfy { !$0.hasPrefix("on") && !$0.contains("href") })
        }
        #expect(!reader.text.contains("url(") && !reader.text.contains("@import"))
    }

    @Test("Films, however few, make a picture", arguments: [0, 1, 2, 3, 40])
    func few(_ count: Int) async throws {
        let picture = try await picture(count)
        #expect(try read(picture).elements.count { $0.name == "circle" } == count)
        #expect(picture.regions.reduce(0) { $0 + $1.films } == count)
    }

    @Test("Regions hold all films, and no keyword names two of them")
    func regions() async throws {
        let picture = try await picture()
        #expect((6...10).contains(picture.regions.count))
        #expect(picture.regions.reduce(0) { $0 + $1.films } == 400)
        let names = picture.regions.flatMap(\.keywords)
        #expect(Set(names).count == names.count && !names.contains("everywhere"))
        #expect(picture.regions.allSatisfy { (1...3).contains($0.keywords.count) })
        let typical = picture.films.count { film in
            !Set(picture.regions[film.region].keywords).isDisjoint(with: film.keywords)
        }
        #expect(typical > 360, "\(typical)")
    }

    @Test("A region whose films are mostly of one genre is named by it, however typical a rare keyword is")
    func genreNames() async throws {
        let map = try await MovieMap(places: Rows(clustered: 400, kinds: 8).places())
        let films = (0..<400).map { row in
            (
                title: "Film \(row)", keywords: ["word\(row)"] + (row % 40 == 8 ? ["silent film"] : []),
                popularity: 0.5
            )
        }
        let movies = try Catalog.of(films).movies.enumerated().map { row, movie in
            var movie = movie
            movie.genres = ["Drama"] + (row % 8 == 0 && row % 5 > 0 ? ["Horror"] : [])
            return movie
        }
        let picture = MapPicture(map, catalog: Catalog(movies: movies, checksum: ""))
        let region = try #require(picture.regions.first { $0.keywords.contains("silent film") })
        #expect(region.keywords == ["horror", "silent film"])
        #expect(picture.regions.allSatisfy { !$0.keywords.contains("drama") })
    }

    @Test("No label lies over another, over a mark of the trail, or beyond the paper")
    func labels() async throws {
        let picture = try await picture(), reserved = LabelBox(left: 480, top: 300, width: 60, height: 60)
        let labels = MapLabels(picture, reserved: [reserved])
        let boxes = [reserved] + (labels.regions + labels.titles).map(\.box)
        #expect(labels.regions.count >= 6 && labels.titles.count > 30)
        for (number, box) in boxes.enumerated() {
            #expect(box.left >= 0 && box.left + box.width <= 1_000)
            #expect(!boxes[..<number].contains(where: box.overlaps))
        }
    }

    @Test("Beyond 20,000 films the less known are bare points, and the file stays small")
    func many() throws {
        var generator = SeededGenerator(seed: 3)
        let places = (0..<21_000).map { _ in
            SIMD2(Float.random(in: -1...1, using: &generator), Float.random(in: -1...1, using: &generator))
        }
        let films = places.indices.map { ("Film \($0)", ["one", "two"], Double($0) / 21_000) }
        let picture = try MapPicture(MovieMap(places: places), catalog: Catalog.of(films))
        let data = MapSVG(picture).data()
        #expect(data.count < 4_000_000)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.matches(of: /<circle\s/).count == 20_000 && text.matches(of: /h0/).count == 1_000)
        #expect(text.contains("Film 20999:") && !text.contains("Film 999:"))
    }

    @Test("Colours stand out from the paper by 3 : 1, ink by 7 : 1, in light and dark")
    func contrast() {
        for colors in [MapColors.light, .dark] {
            for color in colors.regions { #expect(contrast(color, colors.paper) >= 3, "\(color)") }
            #expect(contrast(colors.ink, colors.paper) >= 7 && contrast(colors.faint, colors.paper) >= 4.5)
        }
    }

    /// The contrast ratio of WCAG 2.2, 1 to 21.
    private func contrast(_ a: String, _ b: String) -> Double {
        let levels = [luminance(a), luminance(b)].sorted()
        return (levels[1] + 0.05) / (levels[0] + 0.05)
    }

    private func luminance(_ color: String) -> Double {
        let number = Int(color.dropFirst(), radix: 16) ?? 0
        return zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
            let share = Double(number >> part.0 & 255) / 255
            return sum + part.1 * (share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4))
        }
    }
}
