import Foundation
import HTTPTypes
import Hummingbird
import Matinee

// The doors for assistants: OpenAI's API, and the Model Context Protocol.
extension Routes {
    private static let longestConversation = 1_000_000

    var assistants: [Route] {
        [
            Route(method: .get, path: "/v1/models", access: .assistant) { _, _ in
                try .json(["object": "list", "data": [Self.model]] as JSONValue)
            },
            Route(method: .get, path: "/v1/models/{id}", access: .assistant) { _, context in
                guard try context.id == Completions.model else {
                    throw Problem(.notFound, "unknown-model", "The only model is “matinee”.")
                }
                return try .json(Self.model)
            },
            route(.post, "/v1/chat/completions", .assistant, body: .json, isTurn: true) {
                request,
                context,
                engine in
                try await complete(request, context, engine)
            },
            route(.post, "/mcp", body: .json, isTurn: true) { request, context, engine in
                try await modelContext(request, context, engine)
            },
            Route(method: .delete, path: "/mcp", access: .user) { request, context in
                if let session = request.headers[.modelContextSession] {
                    try parts.sittings.forget(ModelContext.sitting(session), of: context.user.user)
                }
                return Response(status: .noContent)
            },
        ]
    }

    private static let model: JSONValue = [
        "id": .string(Completions.model), "object": "model", "created": 1_764_115_200, "owned_by": "matinee",
    ]

    private func complete(_ request: Request, _ context: ServerContext, _ engine: Engine) async throws
        -> Response
    {
        let data = try await request.bytes(upTo: Self.longestConversation)
        let asked = try JSON.value(CompletionRequest.self, from: data)
        let user = context.identity.flatMap { $0.hasToken ? $0.user : nil }
        let desk = Completions(engine: engine, desk: parts.desk, user: user)
        if asked.stream == true { return stream(asked, desk, context) }
        return try await context.channel.watching {
            let turn = try await desk.turn(asked) { count($0) }
            return try .json(CompletionForm().whole(turn.reply + Completions.list(turn)))
        }
    }

    private func stream(_ asked: CompletionRequest, _ desk: Completions, _ context: ServerContext) -> Response
    {
        let stream = EventStream(
            channel: context.channel,
            metrics: parts.metrics,
            patience: parts.settings.patience,
            isForAssistants: true
        )
        let form = CompletionForm()
        return stream.response { sender in
            @Sendable func send(_ text: String) {
                if let data = try? JSON.data(form.chunk(["content": .string(text)])) { sender.send(data) }
            }
            try sender.send(JSON.data(form.chunk(["role": "assistant", "content": ""])))
            let turn = try await desk.turn(asked) { event in
                count(event)
                if case .text(let text) = event { send(text) }
            }
            send(Completions.list(turn))
            try sender.send(JSON.data(form.chunk([:], isLast: true)))
            if asked.stream_options?.include_usage == true { try sender.send(JSON.data(form.usageChunk)) }
            sender.send(Data("[DONE]".utf8))
        }
    }

    private func modelContext(_ request: Request, _ context: ServerContext, _ engine: Engine) async throws
        -> Response
    {
        if let version = request.headers[.modelContextVersion], !ModelContext.versions.contains(version) {
            throw Problem.bad("This version of the protocol is not spoken here.")
        }
        let message = try await request.bytes(upTo: parts.settings.longestBody)
        let session = request.headers[.modelContextSession] ?? UUID().uuidString.lowercased()
        let desk = try ModelContext(
            engine: engine,
            desk: parts.desk,
            user: context.user.user,
            session: session
        )
        let answer = try await context.channel.watching { await desk.answer(message) }
        guard let answer else { return Response(status: .accepted) }
        var response = Response.data(answer, "application/json")
        if request.headers[.modelContextSession] == nil { response.headers[.modelContextSession] = session }
        return response
    }
}

extension HTTPField.Name {
    static let modelContextSession = Self("Mcp-Session-Id") ?? .authorization
    static let modelContextVersion = Self("MCP-Protocol-Version") ?? .authorization
}
