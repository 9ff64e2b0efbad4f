"""The page in a real browser."""
import base64
import io
import os
import re
import time
import unittest
import zipfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from serving import HOSTILE, ROOT, ROWS, ServedTests

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PICTURES = ROOT / "docs/images"


class PageTests(ServedTests):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        super().tearDownClass()

    def open(self, width=1280, height=800, path="/", **options):
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.addCleanup(context.close)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.complaints, page.foreign = [], []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.foreign.append(request.url) if not request.url.startswith(self.server.url) else None)
        page.goto(self.server.url + path)
        return page

    def say(self, page, words):
        answers = page.locator(".answer").count()
        page.fill("#say", words)
        page.keyboard.press("Enter")
        expect(page.locator(".answer")).to_have_count(answers + 1)
        self.wait(page)

    def wait(self, page):
        expect(page.locator("#talk")).to_have_attribute("aria-busy", "false")

    def titles(self, page):
        return page.locator(".answer:last-child .card h3").all_inner_texts()

    def check(self, page):
        self.assertEqual(page.complaints, [])
        self.assertEqual(page.foreign, [])


class ConversationTests(PageTests):
    def test_a_whole_conversation(self):
        page = self.open()
        page.locator(".wish", has_text="comedy from the 80s").click()
        expect(page.locator(".answer .card")).to_have_count(5)
        self.wait(page)
        first = self.titles(page)
        self.say(page, "more")
        self.assertFalse(set(first) & set(self.titles(page)))
        self.say(page, "why the second?")
        expect(page.locator(".answer:last-child .reply")).to_contain_text("number 2")
        self.check(page)

    def test_a_part_that_was_understood_can_be_removed(self):
        page = self.open()
        self.say(page, "a French comedy, not horror, under two hours")
        before = page.locator(".answer:last-child .chip").all_inner_texts()
        self.assertIn("not horror", [text.strip() for text in before])
        page.get_by_role("button", name="Remove “not horror” and look again").click()
        self.wait(page)
        expect(page.locator(".answer")).to_have_count(1)
        after = page.locator(".answer:last-child .chip").all_inner_texts()
        self.assertEqual(len(after), len(before) - 1)
        expect(page.locator(".answer .card")).to_have_count(5)
        self.check(page)

    def test_feedback_is_remembered_and_can_be_taken_back(self):
        page = self.open()
        self.say(page, "a tense heist")
        title = re.sub(r"^\d+\s*", "", self.titles(page)[0]).split("\n")[0]
        page.locator(".card").first.get_by_role("button", name="Like", exact=False).first.click()
        expect(page.locator("#toast")).to_contain_text("You like")
        liked = self.server.json("/v1/taste")["liked"]
        self.assertTrue(any(film["title"] in title for film in liked), (title, liked))
        page.locator("#toast button").click()
        expect(page.locator("#toast")).to_contain_text("Taken back")
        self.assertEqual(len(self.server.json("/v1/taste")["liked"]), len(liked) - 1)
        page.locator(".card").nth(1).get_by_role("button", name="Why").click()
        expect(page.locator(".card").nth(1).locator(".more")).to_be_visible()
        page.locator(".card").nth(2).get_by_role("button", name="More like").click()
        expect(page.locator(".answer")).to_have_count(2)
        self.wait(page)
        self.check(page)

    def test_loading_again_keeps_the_conversation(self):
        page = self.open()
        self.say(page, "a slow western")
        self.say(page, "shorter please")
        titles = self.titles(page)
        page.reload()
        expect(page.locator(".answer")).to_have_count(2)
        expect(page.locator(".said").first).to_contain_text("a slow western")
        self.assertEqual(self.titles(page), titles)
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".answer")).to_have_count(0)
        expect(page.locator("#welcome")).to_be_visible()
        self.check(page)

    def test_what_is_said_twice_at_once_is_answered_in_turn(self):
        page = self.open()
        page.fill("#say", "a musical")
        page.keyboard.press("Enter")
        page.fill("#say", "a war film")
        self.wait(page)
        page.keyboard.press("Enter")
        expect(page.locator(".answer")).to_have_count(2)
        self.wait(page)
        self.check(page)

    def test_history_and_people(self):
        page = self.open()
        self.say(page, "a quiet drama")
        page.get_by_role("button", name="History").click()
        expect(page.locator(".past > li").first).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("#open-people").click()
        page.fill("#new-person", "bo")
        page.get_by_role("button", name="Add").click()
        expect(page.locator("#who")).to_have_text("bo")
        self.say(page, "a western")
        page.locator("#open-people").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("#who")).to_have_text("You")
        self.assertIn("bo", [user["user"] for user in self.server.json("/v1/users")])
        self.check(page)

    def test_two_watch_together(self):
        page = self.open()
        self.say(page, "a quiet drama")
        page.locator("#open-people").click()
        page.fill("#new-person", "cleo")
        page.get_by_role("button", name="Add").click()
        expect(page.locator("#who")).to_have_text("cleo")
        self.say(page, "a western")
        page.locator("#open-people").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("#who")).to_have_text("You")
        page.locator("#open-people").click()
        page.locator("li", has_text="cleo").get_by_label("watches too").check()
        expect(page.locator("#who")).to_have_text("You & cleo")
        page.keyboard.press("Escape")
        before = self.turns("cleo")
        self.say(page, "something for both of us")
        self.assertEqual(self.turns("cleo"), before + 1)
        self.check(page)

    def turns(self, name):
        return next(user["turns"] for user in self.server.json("/v1/users") if user["user"] == name)

    def test_a_history_is_brought_by_dropping_its_file(self):
        rows = "Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Heat,1995,https://boxd.it/1,5\n2024-01-03,Amélie,2001,https://boxd.it/2,4.5\n"
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("ratings.csv", rows)
        page = self.open(1400)
        page.evaluate("""(bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], "letterboxd-ana.zip", { type: "application/zip" }));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""", base64.b64encode(archive.getvalue()).decode())
        expect(page.locator("#toast")).to_contain_text("2 of 2 films")
        expect(page.locator(".portrait")).to_contain_text("Heat (1995)")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#toast")).to_contain_text("taken back")
        page.set_input_files(".import input[type=file]", {"name": "wrong.csv", "mimeType": "text/csv", "buffer": b"nothing,here\n"})
        expect(page.locator("#toast")).to_contain_text("Nothing was changed")
        self.assertEqual([line for line in page.complaints if "422" not in line], [])

    def test_keyboard_alone(self):
        page = self.open()
        page.keyboard.press("/")
        expect(page.locator("#say")).to_be_focused()
        page.keyboard.type("a French comedy, not horror")
        page.keyboard.press("Enter")
        expect(page.locator(".answer .card")).to_have_count(5)
        self.wait(page)
        reached = set()
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            reached.add(page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"))
        self.assertTrue(any(name.startswith("Remove “") for name in reached), reached)
        self.assertTrue(any(name.startswith("Like ") for name in reached), reached)
        page.get_by_role("button", name="Remove “not horror” and look again").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#toast")).to_contain_text("Looked again")
        page.locator(".act.liked").first.focus()
        page.keyboard.press("Space")
        expect(page.locator(".act.liked").first).to_have_attribute("aria-pressed", "true")
        self.check(page)

    def test_everything_is_named_for_screen_readers(self):
        page = self.open()
        self.say(page, "a tense heist")
        nameless = page.evaluate("""[...document.querySelectorAll("button, a, input, textarea, [role=img]")].filter((one) => one.checkVisibility())
            .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length)).map((one) => one.outerHTML)""")
        self.assertEqual(nameless, [])
        expect(page.locator("#talk")).to_have_attribute("role", "log")

    def test_small_and_large_screens(self):
        for width in (360, 768, 1024, 1600, 2000):
            page = self.open(width, 800)
            self.say(page, "a slow, lonely science fiction film, not horror")
            self.assertFalse(page.evaluate("document.documentElement.scrollWidth > innerWidth"), width)
            small = page.evaluate("[...document.querySelectorAll('.act, .chip button, .send')].filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length")
            self.assertEqual(small, 0, width)
            self.check(page)

    def test_the_first_paint_is_soon_and_the_page_small(self):
        page = self.open()
        page.wait_for_selector(".shelf .poster", state="attached")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        self.assertLess(paint, 3000)
        size = page.evaluate("performance.getEntriesByType('resource').filter((one) => /\\.(js|css|svg)$/.test(one.name)).reduce((sum, one) => sum + one.decodedBodySize, performance.getEntriesByType('navigation')[0].decodedBodySize)")
        self.assertLess(size, 150_000)
        print(f"first contentful paint {paint:.0f} ms, {size} bytes")

    def test_pictures_for_the_documentation(self):
        if "MATINEE_PICTURES" not in os.environ:
            self.skipTest("set MATINEE_PICTURES to draw them anew")
        PICTURES.mkdir(exist_ok=True)
        for scheme in ("light", "dark"):
            page = self.open(1360, 850, color_scheme=scheme)
            self.say(page, "something like Amélie but darker, not horror")
            self.say(page, "a slow, lonely science fiction film")
            time.sleep(1.5)
            page.screenshot(path=PICTURES / f"page-{scheme}.jpg", type="jpeg", quality=72)
        page = self.open(360, 740)
        self.say(page, "a comedy from the 80s under 100 minutes")
        time.sleep(1)
        page.screenshot(path=PICTURES / "page-small.jpg", type="jpeg", quality=72)


class DeletionTests(PageTests):
    def test_everything_can_be_deleted(self):
        page = self.open()
        self.say(page, "loved Heat and Collateral")
        expect(page.locator(".portrait")).to_contain_text("Heat (1995)")
        with page.expect_download() as download:
            page.get_by_role("link", name="Export").click()
        self.assertIn("heat-1995", Path(download.value.path()).read_text())
        page.get_by_role("button", name="Delete", exact=True).click()
        page.get_by_role("button", name="Delete it all").click()
        expect(page.locator("#welcome")).to_be_visible()
        expect(page.locator(".portrait")).to_contain_text("Nothing is known")
        self.assertEqual(self.server.json("/v1/users"), [])
        self.check(page)


class SignInTests(PageTests):
    arguments = ["--require-token"]

    def test_a_token_in_the_address_signs_in_and_does_not_stay_there(self):
        page = self.open()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.fill("#token", "wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("#toast")).to_contain_text("not valid")
        page = self.open(path=f"/#token={self.server.token('ana')}")
        expect(page.locator("#who")).to_have_text("ana")
        self.assertNotIn("token", page.url)
        self.say(page, "a western")
        self.assertEqual(page.evaluate("document.cookie"), "")
        self.check(page)


class HostileTests(PageTests):
    rows = ROWS

    def test_nothing_that_films_or_users_say_is_read_as_markup(self):
        page = self.open()
        self.say(page, "a heist " + HOSTILE)
        for button in page.get_by_role("button", name="Why").all():
            button.click()
        page.locator(".act.liked").first.click()
        page.get_by_role("button", name="History").click()
        expect(page.locator(".past > li").first).to_be_visible()
        page.keyboard.press("Escape")
        page.reload()
        expect(page.locator(".said")).to_contain_text(HOSTILE)
        expect(page.locator(".answer")).to_contain_text(HOSTILE)
        time.sleep(0.5)
        self.assertIsNone(page.evaluate("window.hacked ?? null"))
        self.assertEqual(page.locator("main img, main script, main b, aside img").count(), 0)
        self.assertFalse(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
        self.assertEqual(page.complaints, [])


if __name__ == "__main__":
    unittest.main()
