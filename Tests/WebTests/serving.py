"""A server of its own for each test class: the built program, on a free port, with data of its own."""
import json
import os
import re
import subprocess
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MATINEE = os.environ.get("MATINEE", str(ROOT / ".build/release/matinee"))

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"\'`{{7*7}}'

ROWS = [
    {"id": "hostile", "title": HOSTILE, "overview": HOSTILE + " a hostile heist", "year": 1999, "genres": ["Crime", "<b>Bold</b>"],
     "directors": [HOSTILE], "cast": [HOSTILE], "keywords": ["heist", HOSTILE], "popularity": 0.9},
    {"id": "../../etc/passwd", "title": "javascript:window.hacked=1", "overview": "A heist of links.", "genres": ["Crime"], "keywords": ["heist"]},
    {"id": "long", "title": "W" * 400, "overview": "A heist " * 300, "genres": ["Crime"], "keywords": ["heist"] * 40},
    {"id": "rtl", "title": "‮evil‬ سرقة 強盗 🎬", "overview": "A heist from right to left.", "genres": ["Crime"], "keywords": ["heist"]},
    {"id": "plain", "title": "Plain Heist", "overview": "A heist as it should be.", "genres": ["Crime"], "keywords": ["heist"]},
]


class Server:
    def __init__(self, *arguments, rows=None):
        self.folder = tempfile.TemporaryDirectory()
        place = Path(self.folder.name)
        environment = {**os.environ, "MATINEE_DATA": str(place / "data"), "XDG_CONFIG_HOME": str(place)}
        if rows:
            (place / "catalog.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
            environment |= {"MATINEE_CATALOG": str(place / "catalog.jsonl"), "MATINEE_ARTIFACTS": str(place / "artifacts")}
        self.environment = environment
        self.process = subprocess.Popen([MATINEE, "serve", "--port", "0", *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = re.search(r"http:\S+", self.process.stdout.readline()).group().rstrip("/")
        for _ in range(1200):
            try:
                urllib.request.urlopen(self.url + "/ready")
                return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the server is not ready")

    def token(self, *name):
        return subprocess.run([MATINEE, "token", *name], env=self.environment, capture_output=True, text=True, check=True).stdout.strip()

    def json(self, path):
        return json.load(urllib.request.urlopen(self.url + path))

    def stop(self):
        self.process.terminate()
        self.process.wait(15)
        self.process.stdout.close()
        self.folder.cleanup()


class ServedTests(unittest.TestCase):
    arguments: list = []
    rows = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.arguments, rows=cls.rows)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
