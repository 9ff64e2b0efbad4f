/// How the server listens, and what it allows.
public struct ServerSettings: Sendable {
    /// An address or a name of this machine.
    public var host: String
    /// 0 takes one that is free.
    public var port: Int
    /// Whether every request needs a token; always so on addresses that others can reach.
    public var requiresToken: Bool
    /// A token that was set for the owner, beside those that are signed.
    public var ownerToken: String?
    /// Names under which the server is reached, beside its address.
    public var names: [String]
    /// Whose taste is used where no token says it.
    public var user: String
    /// Turns a second of one user or from one address, and thirty times as many at once.
    public var turnRate: Double
    /// How many turns are worked on at once; others wait in line.
    public var turns: Int
    /// How many connections are open at once; further ones wait.
    public var connections = 2_048
    /// Bytes of a request's body.
    public var longestBody = 65_536
    /// Bytes of an uploaded history.
    public var longestUpload = 20_000_000
    /// How long turns may go on after the server was told to stop.
    public var grace: Duration = .seconds(10)
    /// How long a client may take to accept a part of an answer before it is given up.
    public var patience: Duration = .seconds(30)
    /// How long a turn may take in all.
    public var longestTurn: Duration = .seconds(120)

    public init(
        host: String = "127.0.0.1",
        port: Int = 8080,
        requiresToken: Bool = false,
        ownerToken: String? = nil,
        names: [String] = [],
        user: String = "me",
        turnRate: Double = 30,
        turns: Int = 16
    ) {
        self.host = host
        self.port = port
        self.requiresToken = requiresToken || !Self.isLoopback(host)
        self.ownerToken = ownerToken
        self.names = names
        self.user = user
        self.turnRate = turnRate
        self.turns = turns
    }

    /// Whether only programs on this machine can reach the address.
    public static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && host.split(separator: ".").count == 4
                && host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }
}
