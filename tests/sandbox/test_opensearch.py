"""The queries of OpenSearch that the local backend knows, and those that it refuses."""

from __future__ import annotations

import json
import subprocess

import pytest

pytestmark = pytest.mark.toolchain

PROGRAM = """
import { readFileSync } from 'node:fs';
import { compile } from './opensearch/query.js';
const { query, documents, types } = JSON.parse(readFileSync(0));
let answer;
try {
  const score = compile(query, { types });
  const found = documents.filter((document) => score(document) > 0);
  found.sort((one, other) => score(other) - score(one));
  answer = { found: found.map(({ id }) => id) };
} catch (error) {
  answer = { refused: error.message };
}
process.stdout.write(JSON.stringify(answer));
"""
DOCUMENTS = [
    {"id": "a", "title": "Quick brown fox", "body": "jumps over the dog", "tag": "Red", "n": 1},
    {"id": "b", "title": "Brown bread", "body": "A quick recipe, brown and brown", "tag": "red"},
    {"id": "c", "title": "Ärger im Büro", "body": None, "tag": ["Red", "blue"], "n": 12},
]
TYPES = {"id": "keyword", "title": "text", "body": "text", "tag": "keyword", "n": "keyword"}


@pytest.fixture(scope="module")
def ask(sandbox):
    def ask(query, types=TYPES):
        done = subprocess.run(
            ["node", "--input-type=module", "--eval", PROGRAM],
            cwd=sandbox,
            input=json.dumps({"query": query, "documents": DOCUMENTS, "types": types}),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return ask


BROWN = {"match": {"title": "brown"}}
QUICK = {"match": {"title": "quick"}}


def simple(text, operator="or"):
    fields = ["title", "body"]
    return {"simple_query_string": {"query": text, "fields": fields, "default_operator": operator}}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"match_all": {}}, "abc"),
        ({"match_none": {}}, ""),
        ({"term": {"tag": "Red"}}, "ac"),
        ({"term": {"tag": {"value": "red"}}}, "b"),
        ({"term": {"n": 12}}, "c"),
        ({"term": {"title": "Brown"}}, ""),
        ({"term": {"title": "brown"}}, "ab"),
        ({"terms": {"tag": ["blue", "red"]}}, "bc"),
        ({"terms": {"tag": []}}, ""),
        ({"prefix": {"tag": "bl"}}, "c"),
        ({"exists": {"field": "body"}}, "ab"),
        (BROWN, "ab"),
        ({"match": {"title": {"query": "brown FOX", "operator": "and"}}}, "a"),
        ({"match": {"title": {"query": "quick bread"}}}, "ab"),
        ({"match": {"title": "büro"}}, "c"),
        ({"match": {"unknown": "brown"}}, ""),
        ({"match_phrase_prefix": {"title": "brown fo"}}, "a"),
        ({"match_phrase_prefix": {"title": "fox brown"}}, ""),
        ({"match_bool_prefix": {"title": {"query": "fox bro", "operator": "and"}}}, "a"),
        ({"multi_match": {"query": "recipe fox", "fields": ["title", "body"]}}, "ab"),
        ({"multi_match": {"query": "quick", "fields": ["title", "body^3"]}}, "ba"),
        (
            {
                "multi_match": {
                    "query": "brow",
                    "fields": ["title", "body"],
                    "type": "bool_prefix",
                }
            },
            "ba",
        ),
        ({"bool": {"must": [BROWN, QUICK]}}, "a"),
        ({"bool": {"must": BROWN, "must_not": [QUICK]}}, "b"),
        ({"bool": {"filter": [BROWN], "should": [QUICK]}}, "ab"),
        ({"bool": {"filter": [BROWN], "should": [QUICK], "minimum_should_match": 1}}, "a"),
        ({"bool": {"should": [{"term": {"tag": "blue"}}, QUICK]}}, "ac"),
        ({"bool": {}}, "abc"),
        (simple("brown -fox"), "bac"),
        (simple("brown -fox", "and"), "b"),
        (simple('"brown fox"'), "a"),
        (simple("bür*"), "c"),
        (simple("fox | recipe", "and"), "ab"),
        (simple("(((", "and"), ""),
    ],
)
def test_a_query_finds_what_it_finds_in_opensearch(ask, query, found):
    assert "".join(ask(query)["found"]) == found


def test_without_a_mapping_texts_are_searched_and_kept_as_they_are(ask):
    assert ask(BROWN, None)["found"] == ["a", "b"]
    assert ask({"term": {"tag.keyword": "Red"}}, None)["found"] == ["a", "c"]
    assert ask({"term": {"tag": "Red"}}, None)["found"] == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"fuzzy": {"title": "brwn"}}, "the query fuzzy"),
        ({"match": {"title": {"query": "brwn", "fuzziness": "AUTO"}}}, "fuzziness of match"),
        ({"multi_match": {"query": "x", "fields": ["*"]}}, "fields with *"),
        (
            {"multi_match": {"query": "x", "fields": ["title"], "type": "cross_fields"}},
            "multi_match of type cross_fields",
        ),
        ({"bool": {"must": [{"script": {}}]}}, "the query script"),
        ({"bool": {"boost": 2}}, "boost of bool"),
        ({"match_all": {}, "term": {}}, "the query match_all,term"),
        ({}, "the query "),
        ({"terms": {"a": [], "b": []}}, "terms of several fields"),
        ({"term": {"tag": {"value": "x", "boost": 2}}}, "boost of term"),
        ({"constructor": {}}, "the query constructor"),
    ],
)
def test_what_is_not_known_is_refused(ask, query, named):
    assert ask(query)["refused"] == f"OpenSearch here does not know {named}"
