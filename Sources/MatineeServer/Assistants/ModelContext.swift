import Foundation
import Matinee

/// Answers the messages of the Model Context Protocol (<https://modelcontextprotocol.io/specification>): JSON-RPC, with
/// tools that recommend films.
struct ModelContext: Sendable {
    /// The versions of the protocol that are spoken, the newest first.
    static let versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]

    let engine: Engine
    let desk: TurnDesk
    let user: String
    let session: String

    /// A fault of the message itself, in JSON-RPC's numbers.
    private struct Fault: Error {
        var code: Int
        var message: String
    }

    /// The conversation that a session holds.
    static func sitting(_ session: String) -> String { "mcp-" + session.prefix(90) }

    /// The answer to a message, or `nil` where it wants none.
    func answer(_ message: Data) async -> Data? {
        guard let call = try? JSONDecoder().decode(JSONValue.self, from: message) else {
            return reply(.null, ["error": ["code": -32_700, "message": "The message is no JSON."]])
        }
        guard case .object = call, let method = call["method"]?.string else {
            // Answers to what was never asked are passed over.
            if call["result"] != nil || call["error"] != nil { return nil }
            return reply(
                .null,
                ["error": ["code": -32_600, "message": "The message is no JSON-RPC request."]]
            )
        }
        guard let id = call["id"] else { return nil }
        do {
            return try await reply(id, ["result": result(method, call["params"] ?? [:])])
        } catch let fault as Fault {
            return reply(
                id,
                ["error": ["code": .number(Double(fault.code)), "message": .string(fault.message)]]
            )
        } catch {
            let detail = JSONValue.string(Problem(error).detail)
            return reply(id, ["error": ["code": -32_603, "message": detail]])
        }
    }

    private func reply(_ id: JSONValue, _ body: [String: JSONValue]) -> Data? {
        let whole = body.merging(["jsonrpc": "2.0", "id": id]) { $1 }
        return try? JSON.data(JSONValue.object(whole))
    }

    private func result(_ method: String, _ params: JSONValue) async throws -> JSONValue {
        switch method {
        case "initialize": return hello(params)
        case "ping": return [:]
        case "tools/list": return ["tools": .array(Tools.all)]
        case "tools/call": return try await call(params)
        default: throw Fault(code: -32_601, message: "There is no method of this name.")
        }
    }

    private func hello(_ params: JSONValue) -> JSONValue {
        let asked = params["protocolVersion"]?.string ?? ""
        let version = Self.versions.contains(asked) ? asked : Self.versions[0]
        return [
            "protocolVersion": .string(version), "capabilities": ["tools": ["listChanged": false]],
            "serverInfo": ["name": "matinee", "title": "Matinee", "version": "0.1.0"],
            "instructions":
                "Recommends films. Pass on what the person said in their own words, and show the reasons as they come: they are checked against the catalogue.",
        ]
    }

    private func call(_ params: JSONValue) async throws -> JSONValue {
        guard let name = params["name"]?.string, let tool = Tools.Name(rawValue: name) else {
            throw Fault(code: -32_602, message: "There is no tool of this name.")
        }
        do {
            let (text, data) = try await Tools(context: self).call(tool, params["arguments"] ?? [:])
            return [
                "content": [["type": "text", "text": .string(text)]], "structuredContent": data,
                "isError": false,
            ]
        } catch let problem as Problem {
            return ["content": [["type": "text", "text": .string(problem.detail)]], "isError": true]
        }
    }
}
