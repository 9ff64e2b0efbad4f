"""Films for a wish, from a running `matinee serve`: recommend.py "a tense heist" [http://127.0.0.1:8080]"""
import json
import sys
import urllib.request

wish, base = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "http://127.0.0.1:8080"
body = json.dumps({"message": wish, "limit": 3}).encode()
request = urllib.request.Request(base + "/v1/recommendations", body, {"Content-Type": "application/json"})
turn = json.load(urllib.request.urlopen(request))
print(turn["reply"])
for pick in turn["picks"]:
    print(f"{pick['rank']}. {pick['title']} ({pick.get('year', '?')}): {pick['reason']}")
