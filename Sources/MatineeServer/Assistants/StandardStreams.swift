import Dispatch
public import Foundation

/// The Model Context Protocol over standard input and output: a message a line.
public struct ModelContextStreams: Sendable {
    private let desk: TurnDesk
    private let user: String
    private static let longestLine = 1_000_000

    /// - Parameter user: whose taste is used and moved.
    public init(user: String) {
        self.user = user
        let line = Line(working: 4, waiting: 64, longestWait: .seconds(60))
        desk = TurnDesk(sittings: Sittings(), line: line, metrics: Metrics(), longestTurn: .seconds(120))
    }

    /// Answers the messages of standard input until there are no more.
    /// - Throws: What writing throws.
    public func run(_ engine: Engine, output: FileHandle) async throws {
        let context = ModelContext(engine: engine, desk: desk, user: user, session: "stdio")
        let reading = DispatchQueue(label: "matinee.mcp")
        while let line = await next(reading) {
            guard line.utf8.count <= Self.longestLine else { continue }
            if let answer = await context.answer(Data(line.utf8)) {
                try output.write(contentsOf: answer + Data("\n".utf8))
            }
        }
    }

    /// The next line of standard input; waiting for it holds up nothing else.
    private func next(_ reading: DispatchQueue) async -> String? {
        await withCheckedContinuation { continuation in
            reading.async { continuation.resume(returning: readLine()) }
        }
    }
}
