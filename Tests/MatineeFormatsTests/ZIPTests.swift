import Foundation
import MatineeFormats
import MatineeTesting
import Testing

@Suite("ZIP files")
struct ZIPTests {
    private let folder: TemporaryFolder
    private var url: URL { folder.url.appending(path: "a.zip") }

    init() throws { folder = try TemporaryFolder() }

    private static let text = Array(String(repeating: "userId,movieId,rating\n1,2,3.5\n", count: 5_000).utf8)

    /// All files inside a ZIP file, read to their ends.
    private func contents(_ data: Data) throws -> [String: [UInt8]] {
        try data.write(to: url)
        let zip = try ZIPFile(url)
        var found: [String: [UInt8]] = [:]
        for entry in zip.entries { found[entry.name] = try all(zip.stream(entry)) }
        return found
    }

    private func all(_ stream: ByteStream) throws -> [UInt8] {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 10_000, alignment: 1)
        defer { memory.deallocate() }
        var bytes: [UInt8] = []
        while case let count = try stream.read(memory), count > 0 { bytes += memory[..<count] }
        return bytes
    }

    @Test(
        "What was packed comes back: stored, deflated, ZIP64, with a comment",
        arguments: [true, false],
        [true, false]
    )
    func roundTrip(isDeflated: Bool, isLarge: Bool) throws {
        let zip = ZIPMaker(isDeflated: isDeflated, isLarge: isLarge).file([
            ("ml/", []), ("ml/a.csv", Self.text), ("é", []), ("b", [0, 10, 255]),
        ])
        #expect(try contents(zip) == ["ml/a.csv": Self.text, "é": [], "b": [0, 10, 255]])
        guard !isLarge else { return }
        var commented = zip
        commented[zip.count - 2] = 3
        #expect(try contents(commented + Data("abc".utf8)).count == 3)
    }

    @Test("Names that lead elsewhere are only names")
    func traversal() throws {
        let names = [
            "../../etc/passwd", "/etc/passwd", "C:\\x", "a\u{0}b", String(repeating: "x", count: 60_000),
        ]
        let found = try contents(ZIPMaker().file(names.map { ($0, [65]) }))
        #expect(Set(found.keys) == Set(names))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.zip"])
    }

    @Test("A file that was cut short at any place is refused")
    func cutShort() throws {
        let zip = ZIPMaker().file([("a", Array(Self.text.prefix(300))), ("b", [1, 2, 3])])
        for count in 0..<zip.count {
            #expect(throws: FormatError.self) { try contents(zip.prefix(count)) }
        }
    }

    @Test("Wrong checksums and sizes, encryption, and entries over one another are refused")
    func wrong() throws {
        let makers = [
            ZIPMaker(checksum: 1), ZIPMaker(size: 10), ZIPMaker(size: 1 << 40), ZIPMaker(flags: 1),
            ZIPMaker(isDeflated: false, size: 3), ZIPMaker(place: 0), ZIPMaker(place: 1 << 30),
            ZIPMaker(isLarge: true, size: -1), ZIPMaker(isLarge: true, place: 1 << 62),
        ]
        for maker in makers {
            #expect(throws: FormatError.self, "\(maker)") {
                try contents(maker.file([("a", Self.text), ("b", Self.text)]))
            }
        }
    }

    @Test("A zip bomb is refused before it is inflated")
    func bomb() throws {
        let zip = ZIPMaker().file([("a", [UInt8](repeating: 0, count: 20_000_000))])
        let start = Fuzzer.threadTime()
        #expect { try contents(zip) } throws: { "\($0)".contains("too large when inflated") }
        #expect(zip.count < 100_000 && Fuzzer.threadTime() - start < .seconds(1))
    }

    @Test("A spoilt file is read or refused", .timeLimit(.minutes(Fuzzer.minutes)))
    func spoilt() async {
        let files = [ZIPMaker(), ZIPMaker(isDeflated: false), ZIPMaker(isLarge: true)].map {
            $0.file([("a", Array(Self.text.prefix(500))), ("b/c", [1, 2, 3])])
        }
        let failures = await Fuzzer.failures { fuzzer in
            do { _ = try contents(Data(fuzzer.spoilt(fuzzer.one(of: files)))) } catch is FormatError {}
            return nil
        }
        #expect(failures == [])
    }
}
