import Foundation
import Matinee
import MatineeTesting
import Testing

@Suite("A message read by a language model")
struct ModelInterpreterTests {
    private func turn(_ message: String, _ reading: String) async throws -> Turn {
        let model = ScriptedModel(read: { _ in reading })
        return try await TinyCatalog.recommender(
            model: model,
            options: ModelOptions(readsMessages: true, deadline: .seconds(1_000))
        )
        .turn(message)
    }

    @Test("What the rules read stays, whatever the model says; the difference is counted")
    func rulesStay() async throws {
        let turn = try await turn(
            "loved Heat, a comedy from the 80s under 100 minutes, no horror",
            """
            {"films":[{"title":"Heat","year":1995,"stance":"disliked"}],"genres":["Drama"],"genres_not":["Comedy"],
            "year_min":2000,"year_max":2010,"runtime_max":200}
            """
        )
        let constraints = turn.request.constraints
        #expect(turn.request.ids(.liked) == ["heat"])
        #expect(constraints.genres.in == ["Comedy"] && constraints.genres.out == ["Horror"])
        #expect(constraints.year == .init(min: 1980, max: 1989) && constraints.runtime == .init(max: 99))
        let use = try #require(turn.languageModel?.reading)
        #expect(Set(use.disagreements).isSuperset(of: ["films", "genres", "year", "runtime"]))
    }

    @Test("What the rules miss is added where the message bears it out")
    func added() async throws {
        let turn = try await turn(
            "my sister adored that Jeunet thing amelie so much, something to laugh at",
            """
            {"films":[{"title":"Amélie","year":2001,"stance":"liked"},{"title":"Heat","year":1995,"stance":"liked"}],
            "genres":["Comedy"],"people":["Jean-Pierre Jeunet","Akira Kurosawa"],"year_min":1990}
            """
        )
        #expect(turn.request.ids(.liked) == ["amelie"] && turn.request.constraints.genres.in == ["Comedy"])
        #expect(turn.request.constraints.people.in == ["Jean-Pierre Jeunet"])
        #expect(turn.request.constraints.year.isEmpty)
        #expect(turn.languageModel?.reading?.unsupported == 3)
    }

    @Test("A wish in another language is taken in the model's English")
    func language() async throws {
        let turn = try await turn(
            "quelque chose de drôle avec des fantômes",
            "{\"wish\":\"something funny with ghosts\"}"
        )
        #expect(
            turn.request.wish == "something funny with ghosts"
                && turn.picks.contains { $0.id == "ghostbusters" }
        )
        let english = try await self.turn("a spoof in space", "{\"wish\":\"a horror film in a castle\"}")
        #expect(
            english.request.wish
                == (try await TinyCatalog.recommender().turn("a spoof in space")).request.wish
        )
    }

    @Test("Questions and thanks are answered without asking the model")
    func answered() async throws {
        let model = ScriptedModel()
        let recommender = try await TinyCatalog.recommender(
            model: model,
            options: ModelOptions(readsMessages: true, deadline: .seconds(1_000))
        )
        var conversation = Conversation()
        conversation.add(try await recommender.turn("a spoof in space"))
        let calls = model.chats.count
        for message in ["who directed Heat?", "thanks", "why the second?"] {
            let turn = try await recommender.turn(message, conversation: conversation)
            #expect(turn.request.act.isAnswered && !turn.reply.isEmpty)
        }
        #expect(model.chats.count == calls)
    }
}
