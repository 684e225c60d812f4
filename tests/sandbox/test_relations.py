"""The relations of all patterns, followed from both ends with Amplify's client."""

from __future__ import annotations

from itertools import count

import pytest
from applications import OTHERS
from samples import sample

PATTERNS = OTHERS
pytestmark = pytest.mark.toolchain

NUMBERS = count()


def links(pattern):
    """Return each `belongsTo` of a pattern: its model, itself, the model that it leads to."""
    models = {model["name"]: model for model in pattern["models"]}
    for model in pattern["models"]:
        for member in model["members"]:
            if member["type"] == "belongsTo":
                yield model, member, models[member["model"]]


def way_back(model, member, target):
    """Return the relation of the target that has the same key."""
    return next(
        (
            other["name"]
            for other in target["members"]
            if other["type"] in {"hasMany", "hasOne"}
            and other["model"] == model["name"]
            and other["references"] == member["references"]
        ),
        None,
    )


def unique(model, pattern):
    """Return a sample whose identifier no other has."""
    types = {member["name"]: member["type"] for member in model["members"]}
    own = [name for name in model.get("identifier") or () if types[name] == "id"]
    return {**sample(model, pattern), **{name: f"unique-{next(NUMBERS)}" for name in own}}


def test_relations_lead_both_ways(application, pattern, client_of):
    role = client_of(application.name).role()
    followed = 0
    for model, member, target in links(pattern):
        to = role.call(target["name"], "create", unique(target, pattern)).data
        key = {name: to[name] for name in target.get("identifier") or ("id",)}
        reference = dict(zip(member["references"], key.values(), strict=True))
        made = role.call(model["name"], "create", {**unique(model, pattern), **reference}).data
        own = {name: made[name] for name in model.get("identifier") or ("id",)}
        there = role.follow(model["name"], own, member["name"])
        # Answers of mutations hide what has rules of its own: AppSync would tell all who listen.
        hidden = {item["name"] for item in target["members"] if "authorization" in item}
        told = {name: value for name, value in to.items() if name not in hidden}
        assert told.items() <= there.data.items(), (model["name"], member["name"])
        back = role.follow(target["name"], key, way_back(model, member, target), limit=1000)
        rows = back.data if isinstance(back.data, list) else [back.data]
        assert rows == [made], (target["name"], model["name"])
        followed += 1
    assert followed
