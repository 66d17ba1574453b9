"""Finds names in stories with spaCy's blank pipeline and its phrase matcher, on one core.

usage: spacy_bench.py STORIES NAMES RUNS

STORIES is JSON Lines as the filter `tag` reads them, NAMES one name a line. Only finding names is timed, title and text as one
string; reading the file is not. Case is ignored, as the filter ignores it. Prints {"seconds": [...], "hits": n}.
"""

import json
import sys
import time

import spacy
from spacy.matcher import PhraseMatcher


def main():
    stories, names, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    nlp = spacy.blank("xx")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    with open(names, encoding="utf-8") as file:
        matcher.add("name", list(nlp.tokenizer.pipe(line.strip() for line in file if line.strip())))
    with open(stories, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts = [row["title"] + "\n" + row["text"] for row in rows]
    seconds, hits = [], 0
    for _ in range(runs):
        start = time.process_time()
        hits = sum(len(matcher(document)) for document in nlp.pipe(texts))
        seconds.append(time.process_time() - start)
    print(json.dumps({"seconds": seconds, "hits": hits}))


main()
