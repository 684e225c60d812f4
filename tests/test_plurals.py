from __future__ import annotations

import pytest

from ace_flow.plurals import amplify_plural

# What pluralize 8.0.0 answers, one word for each of its rules.
PLURALS = """
Todo Todos; Todos Todos; Person People; People People; Data Data; Datum Data; Index Indices;
Indexes Indexes; News News; Sheep Sheep; Status Statuses; Category Categories; Box Boxes;
Quiz Quizzes; Bus Buses; Hero Heroes; Photo Photos; Leaf Leaves; Roof Roofs; Wife Wives;
Analysis Analyses; Criterion Criteria; UserChild UserChildren; Media Media; Matrix Matrices;
Cactus Cacti; Woman Women; Human Humans; ID IDS; IDs IDs; A AS; X XES; ISOCode ISOCodes;
Company Companies; Boy Boys; Monkey Monkeys; Chimney Chimneys; Money Monies; Bureaux Bureaux;
Fish Fish; Pox Pox; Axis Axes; Alias Aliases; Virus Viri; Gas Gases; Iris Irises; Menu Menus;
Series Series; Order Orders; Address Addresses; Schema Schemata; DataSchema DataSchemas;
Class Classes; Dish Dishes; Church Churches; Knife Knives; Mouse Mice; TeamMouse TeamMouses;
Foot Feet; Us Us; I WE; Ox Oxen; FireOx FireOxes; Dice Dice; Canvas Canvas; Chaos Chaos;
Chinese Chinese; Reindeer Reindeer; Seraph Seraphim; Alga Algae; Organ Organs; Automaton Automata;
Quorum Quora; Ovum Ova; Agenda Agenda; Thou You; Pokemon Pokemon; Measles Measles; Testis Testes;
PostTag PostTags; Man2 Man2s; todo todos; AMAN AMEN
"""


@pytest.mark.parametrize(
    "pair", [pair.split() for pair in PLURALS.split(";")], ids=lambda pair: pair[0]
)
def test_plurals_are_those_that_amplify_forms(pair):
    one, many = pair
    assert amplify_plural(one) == many
