import Foundation
import HTTPTypes
import Matinee

/// What the routes share.
struct ServerParts: Sendable {
    let settings: ServerSettings
    let doorman: Doorman
    let gate: Gate
    let metrics = Metrics()
    let sittings = Sittings()
    let loading = Loading()
    let desk: TurnDesk
    let atlas = Atlas()

    init(settings: ServerSettings, tokens: Tokens) {
        self.settings = settings
        doorman = Doorman(tokens: tokens, settings: settings)
        gate = Gate(
            doorman: doorman,
            turns: RateLimiter(rate: settings.turnRate, burst: settings.turnRate * 30),
            others: RateLimiter(rate: settings.turnRate * 10, burst: settings.turnRate * 60),
            metrics: metrics
        )
        desk = TurnDesk(
            sittings: sittings,
            line: Line(working: settings.turns, waiting: 512, longestWait: .seconds(30)),
            metrics: metrics,
            longestTurn: settings.longestTurn
        )
    }
}

/// Keeps the map once it is drawn.
actor Atlas {
    private enum State {
        case blank
        case drawing
        case drawn(Engine.FilmMap)
        case failed(any Error)
    }

    private var state = State.blank

    /// The map.
    /// - Throws: ``Problem`` 503 while it is being drawn, which can take minutes for many films.
    func map(of engine: Engine) async throws -> Engine.FilmMap {
        if case .blank = state {
            state = .drawing
            Task(priority: .low) { await draw(engine) }
        }
        for _ in 0..<100 {
            switch state {
            case .drawn(let map): return map
            case .failed(let error):
                state = .blank
                throw error
            case .blank, .drawing: try await Task.sleep(for: .milliseconds(50))
            }
        }
        throw Problem(.serviceUnavailable, "map", "The map is being drawn; that is done once.", retryAfter: 5)
    }

    private func draw(_ engine: Engine) async {
        do { state = try await .drawn(engine.map()) } catch { state = .failed(error) }
    }
}
