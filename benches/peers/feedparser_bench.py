"""Reads every document of a folder so many times with feedparser and prints seconds, documents and items as JSON.

usage: feedparser_bench.py FOLDER RUNS
"""

import json
import pathlib
import sys
import time

import feedparser


def main():
    folder, runs = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    documents = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        read = items = 0
        for name, body in documents:
            found = feedparser.parse(body)
            if name.endswith("xml") and found.version:
                read += 1
                items += len(found.entries)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "read": read, "items": items}))


main()
