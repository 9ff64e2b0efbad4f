import Foundation
import Matinee
import MatineeStore
import MatineeTesting
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a user sees of a machine that fails: a sentence and code 1, nothing lost, and all well again afterwards.
@Suite("Faults around the program")
struct FaultTests {
    private let program: Program

    init() throws { program = try Program.tiny() }

    /// The numbers of the turns in the log.
    private func logged() throws -> [Int?] {
        try SQLiteStore(folder: program.data).log(of: "ana").map(\.record.turn)
    }

    /// Everything in the program's folder, hidden files too.
    private func files(_ folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    /// Every line on standard error is a sentence that names the trouble.
    private func expectSentences(_ outcome: Program.Outcome, _ parts: [String], _ count: Int? = nil) {
        let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("Reading the catalogue") }
        #expect(lines.count >= 1 && count.map { $0 == lines.count } ?? true, "\(outcome.errors)")
        for line in lines {
            #expect(line.hasPrefix("Error: ") && line.hasSuffix("."), "\(line)")
            #expect(parts.contains(where: line.contains), "\(line)")
        }
    }

    @Test("Where files may not grow, a turn is kept and shown, or neither; then it goes on")
    func limitedFiles() throws {
        let outcome = try program.script(
            """
            talk() { "$MATINEE" recommend heist --user ana >/dev/null; echo $?; }
            talk
            trap "" XFSZ
            for blocks in 2 8 32 64 72 80 88 96 112 128 160 200; do (ulimit -f $blocks; talk); done
            talk
            """
        )
        let codes = outcome.output.split(separator: "\n"), failed = codes.count { $0 == "1" }
        #expect(codes.count == 14 && codes.allSatisfy { $0 == "0" || $0 == "1" }, "\(codes)")
        #expect(codes.first == "0" && codes.last == "0" && failed >= 3)
        #expect(try logged() == Array(1...codes.count - failed))
        expectSentences(outcome, ["matinee.sqlite cannot be used: the disk"], failed)
    }

    @Test(
        "On a full disk a turn is kept and shown, or neither; then it goes on",
        .enabled(if: Program.mayMount)
    )
    func fullDisk() throws {
        let outcome = try program.script(
            """
            mkdir "$DATA" && mount -t tmpfs -o size=600k none "$DATA"
            talk() { "$MATINEE" recommend heist --user ana >/dev/null; echo $?; }
            talk
            head -c 1m /dev/zero >"$DATA/filler" 2>/dev/null
            size=$(stat -c %s "$DATA/filler")
            for step in 1 2 3 4 5 6 7 8 9 10 11 12; do
                talk
                size=$((size - 12288))
                truncate -s $size "$DATA/filler"
            done
            rm "$DATA/filler"
            talk
            cp "$DATA/matinee.sqlite" kept.sqlite
            """,
            mounting: true
        )
        let codes = outcome.output.split(separator: "\n"), failed = codes.count { $0 == "1" }
        #expect(codes.count == 14 && codes.allSatisfy { $0 == "0" || $0 == "1" }, "\(codes)")
        #expect(codes.first == "0" && codes.last == "0" && failed >= 3)
        try FileManager.default.createDirectory(at: program.data, withIntermediateDirectories: true)
        let kept = program.folder.url.appending(path: "kept.sqlite")
        try FileManager.default.copyItem(at: kept, to: program.data.appending(path: "matinee.sqlite"))
        #expect(try logged() == Array(1...codes.count - failed))
        expectSentences(outcome, ["matinee.sqlite cannot be used: the disk"], failed)
    }

    @Test(
        "A build that finds no room says so, leaves nothing behind, and keeps the artifacts that were there"
    )
    func buildWithoutRoom() throws {
        let before = try files(program.artifacts), all = try files(program.folder.url)
        let outcome = try program.script("trap '' XFSZ; ulimit -f 2; exec \"$MATINEE\" build")
        #expect(outcome.code == 1)
        expectSentences(
            outcome,
            ["The artifacts cannot be written to \(program.artifacts.path): file too large"],
            1
        )
        #expect(try files(program.artifacts) == before)
        #expect(
            try files(program.folder.url).filter { $0.hasPrefix(".") } == all.filter { $0.hasPrefix(".") }
        )
        #expect(try program.run(["recommend", "heist"]).code == 0)
        #expect(try program.run(["build"]).code == 0)
    }

    @Test(
        "An export that finds no room is said in the conversation, and leaves no file",
        .enabled(if: Program.mayMount)
    )
    func exportWithoutRoom() throws {
        let outcome = try program.script(
            """
            mkdir small && mount -t tmpfs -o size=8k none small && cd small
            printf 'heist\\n/export me.json\\n/export me.json\\nheist\\n' | "$MATINEE" chat --user ana
            ls -A
            """,
            mounting: true
        )
        let told =
            outcome.output.components(separatedBy: "me.json: the disk is full. Give another name").count - 1
        #expect(told == 2 && outcome.output.hasSuffix("Enjoy the film.\n"), "\(outcome.output)")
        #expect(try logged() == [1, 2])
    }

    @Test("A result that cannot be printed is a failure", arguments: [">/dev/full", ">&-"])
    func unprintable(_ output: String) throws {
        for command in [
            "recommend heist --user ana", "chat --user ana", "log export", "build", "catalog list",
        ] {
            let outcome = try program.script("exec \"$MATINEE\" \(command) </dev/null \(output)")
            #expect(outcome.code == 1 || command == "log export", "\(command)")
            if outcome.code == 1 { expectSentences(outcome, ["cannot be written to standard output"], 1) }
        }
        #expect(try logged() == [1])
        #expect(try program.run(["recommend", "heist", "--user", "ana"]).code == 0)
    }

    @Test("Read-only folders are said, and lose nothing", .enabled(if: Program.mayMount || getuid() != 0))
    func readOnly() throws {
        let outcome = try program.script(
            """
            try() { "$MATINEE" "$@" >/dev/null; echo $?; }
            try recommend heist --user ana
            mkdir settings
            freeze "$DATA"; freeze "$ARTIFACTS"; freeze settings
            echo --
            try recommend heist --user ana
            try users forget ana
            try build --artifacts "$ARTIFACTS/new"
            XDG_CONFIG_HOME=settings XDG_CONFIG_HOME=$PWD/settings try models use "$MATINEE_MODEL"
            echo --
            try recommend heist
            thaw "$DATA"; thaw "$ARTIFACTS"; thaw settings
            try recommend heist --user ana
            try build
            XDG_CONFIG_HOME=$PWD/settings try models use "$MATINEE_MODEL"
            """,
            mounting: getuid() == 0
        )
        #expect(outcome.output.split(separator: "--\n") == ["0\n", "1\n1\n1\n1\n", "0\n0\n0\n0\n"])
        expectSentences(
            outcome,
            [
                "matinee.sqlite cannot be used: ", "/artifacts/new: the disk is read-only. Name another",
                "/artifacts/new: permission is missing. Name another",
                "config.json cannot be written: the disk is read-only. Mend that",
                "config.json cannot be written: permission is missing. Mend that",
            ],
            4
        )
        #expect(try logged() == [1, 2])
    }

    @Test("A conversation goes on with its artifacts while others are built; the next one has the new")
    func rebuilt() async throws {
        let talk = try Talk(program)
        try await talk.ask("tense heist")
        let rows = TinyCatalog.rows.split(separator: "\n").dropLast(4).joined(separator: "\n")
        try Data(rows.utf8).write(to: program.catalog)
        for _ in 1...3 {
            #expect(try program.run(["build"]).code == 0)
            try await talk.ask("something with clowns")
        }
        try await talk.ask("/seen Ikiru", until: "Noted: you have seen Ikiru (1952)")
        try talk.end()
        #expect(talk.process.terminationStatus == 0 && talk.shown.contains("Matinee · 14 films"))
        #expect(try program.run(["chat"]).output.contains("Matinee · 10 films"))
        #expect(try logged() == [1, 2, 3, 4])
    }

    @Test(
        "A conversation whose artifacts are cut short in place ends with a sentence, and keeps what was shown"
    )
    func cutShortInUse() async throws {
        let talk = try Talk(program)
        try await talk.ask("tense heist")
        let file = try FileHandle(forWritingTo: program.artifacts.appending(path: "movies.npy"))
        try file.truncate(atOffset: 0)
        try talk.say("something with clowns")
        talk.process.waitUntilExit()
        #expect(talk.process.terminationStatus == 1 && talk.process.terminationReason == .exit)
        #expect(talk.complaint.contains("was cut short while in use. Run `matinee build`"))
        #expect(try program.run(["build"]).code == 0)
        #expect(try program.run(["recommend", "heist", "--user", "ana"]).code == 0)
        #expect(try logged() == [1, 2])
    }

    @Test(
        "Artifacts cut short are named, and a build mends them",
        arguments: ["movies.npy", "manifest.json"]
    )
    func cutShort(_ name: String) throws {
        let file = program.artifacts.appending(path: name)
        try Data(contentsOf: file).dropLast(100).write(to: file)
        let outcome = try program.run(["recommend", "heist", "--user", "ana"])
        #expect(outcome.code == 1 && outcome.output.isEmpty)
        expectSentences(outcome, ["The artifacts file \(file.path) cannot be used: "], 1)
        #expect(outcome.errors.contains("Make it anew with `matinee build`."))
        #expect(try program.run(["build"]).code == 0)
        #expect(try program.run(["recommend", "heist", "--user", "ana"]).code == 0)
        #expect(try logged() == [1])
    }
}
