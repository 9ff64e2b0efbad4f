#!/usr/bin/env python3
"""Loads a running server: load.py streams [seconds] | load.py memory [turns] | load.py slow; MATINEE_URL, 127.0.0.1:8080.

streams  200 clients keep a stream open and read nothing of it, while 20 turns a second are answered; prints how long these took
memory   sends turns one after the other on 4 connections; prints the server's memory after 2,000 and at the end
slow     a client that reads a byte a second of a stream, and one that sends its body as slowly; prints what became of them
"""
import asyncio
import json
import os
import sys
import time

HOST, PORT = os.environ.get("MATINEE_URL", "127.0.0.1:8080").split(":")
WISHES = ["a slow, lonely science fiction film", "a comedy from the 80s", "something like Amélie but darker", "a tense heist", "no horror, under two hours", "loved Heat, seen Thief", "more", "French, bittersweet"]


def request(number, stream, method="POST", path="/v1/chat"):
    body = json.dumps({"message": WISHES[number % len(WISHES)], "conversation": f"load-{number % 200}"}).encode()
    accept = "text/event-stream" if stream else "application/json"
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{PORT}\r\nAccept: {accept}\r\n"
    if method == "GET":
        return (head + "\r\n").encode()
    return (head + f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body


async def answer(reader):
    """A whole response."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    status = int(head.split()[1])
    if "chunked" in head:
        body = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
        return status, body
    length = int(head.split("content-length: ")[1].split("\r\n")[0])
    return status, await reader.readexactly(length)


async def get(path):
    reader, writer = await asyncio.open_connection(HOST, PORT)
    writer.write(request(0, False, "GET", path))
    result = await answer(reader)
    writer.close()
    return result[1].decode()


async def memory():
    line = next(line for line in (await get("/metrics")).splitlines() if line.startswith("process_resident"))
    return int(line.split()[1]) / 1e6


async def streams(seconds):
    held = []
    for number in range(200):
        reader, writer = await asyncio.open_connection(HOST, PORT, limit=1)
        writer.write(request(number, True))
        held.append((reader, writer))
    times, errors = [], []

    async def turn(number):
        start = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection(HOST, PORT, limit=1 << 20)
            writer.write(request(number, True))
            status, body = await asyncio.wait_for(answer(reader), 30)
            writer.close()
            if status != 200 or b"event: done" not in body:
                errors.append((status, body[-200:]))
        except Exception as error:
            errors.append(repr(error))
        times.append(time.perf_counter() - start)

    await asyncio.sleep(5)
    tasks, begin = [], time.perf_counter()
    for number in range(20 * seconds):
        await asyncio.sleep(max(0, begin + number / 20 - time.perf_counter()))
        tasks.append(asyncio.create_task(turn(number)))
    await asyncio.gather(*tasks)
    times.sort()
    part = lambda share: f"{1000 * times[int(share * (len(times) - 1))]:.0f}"
    print(f"{len(times)} turns at 20/s beside {len(held)} open streams: p50 {part(0.5)} ms, p95 {part(0.95)} ms, p99 {part(0.99)} ms, max {part(1)} ms, {len(errors)} errors {errors[:3]}")


async def many(turns):
    numbers, marks = iter(range(turns)), {}

    async def client():
        reader, writer = await asyncio.open_connection(HOST, PORT, limit=1 << 20)
        for number in numbers:
            writer.write(request(number, False))
            status, body = await answer(reader)
            assert status == 200, (status, body)
            if number + 1 in (2_000, turns):
                marks[number + 1] = await memory()
                print(f"after {number + 1} turns {marks[number + 1]:.1f} MB", flush=True)
        writer.close()

    begin = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(4)))
    print(f"{turns / (time.perf_counter() - begin):.0f} turns/s, growth {100 * (marks[turns] / marks[min(marks)] - 1):.1f} %")


async def slow():
    reader, writer = await asyncio.open_connection(HOST, PORT, limit=1)
    writer.write(request(0, True)[:-5])
    begin = time.perf_counter()
    head = await asyncio.wait_for(reader.read(64), 60)
    print(f"a body that never ends: {head[:24]!r} after {time.perf_counter() - begin:.0f} s; health meanwhile: {await get('/health')}")
    reader, writer = await asyncio.open_connection(HOST, PORT, limit=1)
    writer.write(request(0, True))
    for _ in range(10):
        await reader.read(1)
        await asyncio.sleep(1)
    print(f"a byte a second: health meanwhile: {await get('/health')}")


work = {"streams": streams, "memory": many, "slow": slow}[sys.argv[1]]
asyncio.run(work(*(int(argument) for argument in sys.argv[2:3])) if len(sys.argv) > 2 else work(*{"streams": [30], "memory": [20_000], "slow": []}[sys.argv[1]]))
