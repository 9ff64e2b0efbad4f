"""Matinee as assistants see it, by the official clients of OpenAI's API and of the Model Context Protocol."""
import asyncio
import unittest

import openai
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from serving import MATINEE, ServedTests

TOOLS = {"recommend", "why", "feedback", "taste", "find_film"}


class CompletionTests(ServedTests):
    def client(self, key="anything"):
        return openai.OpenAI(base_url=self.server.url + "/v1", api_key=key, max_retries=0)

    def ask(self, *texts, client=None, **options):
        messages = [{"role": "assistant" if i % 2 else "user", "content": text} for i, text in enumerate(texts)]
        return (client or self.client()).chat.completions.create(model="matinee", messages=messages, **options)

    def test_models_are_listed(self):
        self.assertEqual([model.id for model in self.client().models.list()], ["matinee"])
        self.assertEqual(self.client().models.retrieve("matinee").owned_by, "matinee")

    def test_a_wish_is_answered_with_films(self):
        answer = self.ask("a slow, lonely science fiction film")
        self.assertEqual(answer.choices[0].finish_reason, "stop")
        for number in range(1, 6):
            self.assertIn(f"\n{number}. **", answer.choices[0].message.content)

    def test_a_stream_says_the_same(self):
        whole = self.ask("a tense heist").choices[0].message.content
        pieces = list(self.ask("a tense heist", stream=True, stream_options={"include_usage": True}))
        self.assertEqual("".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices), whole)
        self.assertEqual(pieces[-1].usage.total_tokens, 0)

    def test_the_conversation_that_is_sent_counts(self):
        first = self.ask("a comedy from the 80s").choices[0].message.content
        more = self.ask("a comedy from the 80s", first, "more").choices[0].message.content
        titles = lambda text: {line.split("**")[1] for line in text.splitlines() if "**" in line}
        self.assertEqual(len(titles(more)), 5)
        self.assertFalse(titles(first) & titles(more))

    def test_parts_and_other_roles_are_read(self):
        messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": [{"type": "text", "text": "a heist"}]}]
        answer = self.client().chat.completions.create(model="any", messages=messages, temperature=0.2, n=1)
        self.assertIn("1. **", answer.choices[0].message.content)

    def test_nothing_is_stored_without_a_token_of_a_user(self):
        self.ask("a musical")
        self.assertEqual([user for user in self.server.json("/v1/users") if user["user"] == "me"], [])
        self.ask("a musical", client=self.client(self.server.token("ana")))
        self.assertIn({"user": "ana", "turns": 1, "movies": 0}, self.server.json("/v1/users"))

    def test_what_is_wrong_is_an_error_of_the_client(self):
        with self.assertRaises(openai.BadRequestError):
            self.client().chat.completions.create(model="matinee", messages=[])
        with self.assertRaises(openai.AuthenticationError):
            self.ask("a heist", client=self.client("mt1.bWU.AAAA"))
        with self.assertRaises(openai.NotFoundError):
            self.client().models.retrieve("other")

    def test_no_key_is_enough_where_tokens_are_needed(self):
        from serving import Server
        server = Server("--require-token")
        try:
            with self.assertRaises(openai.AuthenticationError):
                openai.OpenAI(base_url=server.url + "/v1", api_key="anything", max_retries=0).models.list()
            openai.OpenAI(base_url=server.url + "/v1", api_key=server.token("ana")).models.list()
        finally:
            server.stop()


class ToolTests(ServedTests):
    def talk(self, work, http):
        async def run():
            if http:
                async with streamable_http_client(self.server.url + "/mcp") as (read, write, *_), ClientSession(read, write) as session:
                    await session.initialize()
                    await work(session)
            else:
                parameters = StdioServerParameters(command=MATINEE, args=["mcp"], env=self.server.environment)
                async with stdio_client(parameters) as (read, write), ClientSession(read, write) as session:
                    await session.initialize()
                    await work(session)
        asyncio.run(run())

    def test_the_tools_work_over_both_transports(self):
        async def work(session):
            self.assertEqual({tool.name for tool in (await session.list_tools()).tools}, TOOLS)
            first = await session.call_tool("recommend", {"wish": "a comedy from the 80s", "limit": 3})
            picks = structured(first)["picks"]
            self.assertEqual([pick["rank"] for pick in picks], [1, 2, 3])
            why = await session.call_tool("why", {"film": "2"})
            self.assertIn(picks[1]["reason"], why.content[0].text)
            more = structured(await session.call_tool("recommend", {"wish": "more"}))["picks"]
            self.assertFalse({pick["id"] for pick in picks} & {pick["id"] for pick in more})
            noted = await session.call_tool("feedback", {"film": "Heat (1995)", "stance": "liked"})
            self.assertIn("Heat (1995)", noted.content[0].text)
            self.assertIn("Heat (1995)", (await session.call_tool("taste", {})).content[0].text)
            self.assertIn("Solaris", (await session.call_tool("find_film", {"title": "solaris"})).content[0].text)
            await session.send_ping()
        for http in (False, True):
            with self.subTest(http=http):
                self.talk(work, http)

    def test_what_is_wrong_is_said(self):
        async def work(session):
            for tool, arguments in [("why", {"film": "99"}), ("feedback", {"film": "Heat", "stance": "adored"}), ("recommend", {"wish": "x", "limit": 0}), ("feedback", {"film": "no such film at all", "stance": "liked"})]:
                result = await session.call_tool(tool, arguments)
                self.assertTrue(result.is_error if hasattr(result, "is_error") else result.isError, tool)
                self.assertTrue(result.content[0].text)
        self.talk(work, http=True)


def structured(result):
    return result.structured_content if hasattr(result, "structured_content") else result.structuredContent


if __name__ == "__main__":
    unittest.main()
