"""The plurals that Amplify forms for its list queries: the rules of the npm package `pluralize`.

A port of the plural side of version 8.0.0, https://github.com/plurals/pluralize (MIT). Two models
whose plurals are the same would have the same query.
"""

from __future__ import annotations

import re
from functools import cache

_IRREGULAR_PAIRS = """
i:we me:us he:they she:they them:them myself:ourselves yourself:yourselves itself:themselves
herself:themselves himself:themselves themself:themselves is:are was:were has:have this:these
that:those echo:echoes dingo:dingoes volcano:volcanoes tornado:tornadoes torpedo:torpedoes
genus:genera viscus:viscera stigma:stigmata stoma:stomata dogma:dogmata lemma:lemmata
schema:schemata anathema:anathemata ox:oxen axe:axes die:dice yes:yeses foot:feet eave:eaves
goose:geese tooth:teeth quiz:quizzes human:humans proof:proofs carve:carves valve:valves
looey:looies thief:thieves groove:grooves pickaxe:pickaxes passerby:passersby
"""
_UNCOUNTABLE_WORDS = """
adulthood advice agenda aid aircraft alcohol ammo analytics anime athletics audio bison blood
bream buffalo butter carp cash chassis chess clothing cod commerce cooperation corps debris
diabetes digestion elk energy equipment excretion expertise firmware flounder fun gallows garbage
graffiti hardware headquarters health herpes highjinks homework housework information jeans justice
kudos labour literature machinery mackerel mail media mews moose music mud manga news only
personnel pike plankton pliers police pollution premises rain research rice salmon scissors series
sewage shambles shrimp software species staff swine tennis traffic transportation trout tuna wealth
welfare whiting wildebeest wildlife you
"""
_IRREGULAR = dict(pair.split(":") for pair in _IRREGULAR_PAIRS.split())
_PLURALS = frozenset(_IRREGULAR.values())
_UNCOUNTABLE = frozenset(_UNCOUNTABLE_WORDS.split())
# The letters that what matches can end with, the expression, the plural. The first that matches is
# taken; `{0}` is the whole match, `{1}` and `{2}` its groups.
_RULES_TEXT = r"""
p sheep$ {0}
x pox$ {0}
s o[iu]s$ {0}
s measles$ {0}
h fish$ {0}
r deer$ {0}
e [^aeiou]ese$ {0}
n pokemon$ {0}
u ^thou$ you
n m[ae]n$ men
x eaux$ {0}
dn (child)(?:ren)?$ {1}ren
en (pe)(?:rson|ople)$ {1}ople
e \b((?:tit)?m|l)(?:ice|ouse)$ {1}ice
x (matr|cod|mur|sil|vert|ind|append)(?:ix|ex)$ {1}ices
hsxz (x|ch|ss|sh|zz)$ {1}es
y ([^ch][ieo][ln])ey$ {1}ies
y ([^aeiouy]|qu)y$ {1}ies
ef (?:(kni|wi|li)fe|(ar|l|ea|eo|oa|hoo)f)$ {1}{2}ves
s sis$ ses
an (apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri|organ|prolegomen|hedr)(?:a|on)$ {1}a
am (automat|agend|addend|millenni|dat|extrem|bacteri|desiderat|strat)(?:a|um)$ {1}a
n (automat)on$ {1}a
am (candelabr|errat|ov|symposi|curricul|quor)(?:a|um)$ {1}a
o (her|at|gr)o$ {1}oes
bhm (seraph|cherub)(?:im)?$ {1}im
ae (alumn|alg|vertebr)(?:a|ae)$ {1}ae
is (alumn|syllab|vir|radi|nucle|fung|cact|stimul|termin|bacill)(?:us|i)$ {1}i
is (foc|uter|loc|strat)(?:us|i)$ {1}i
ms ([^l]ias|[aeiou]las|[ejzr]as|[iu]am)$ {1}
su (e[mn]u)s?$ {1}s
s (alias|[^aou]us|t[lm]as|gas|ris)$ {1}es
s (ax|test)is$ {1}es
e ([^aeiou]ese)$ {1}
"""


@cache
def _rules(letter: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the rules for what ends with a letter: compiling all of them takes 3 ms."""
    lines = (line.split() for line in _RULES_TEXT.split("\n") if line)
    return tuple(
        (re.compile(words, re.IGNORECASE), result)
        for letters, words, result in lines
        if letter in letters
    )


def amplify_plural(name: str) -> str:
    """Return the plural that Amplify forms of a model's name: `Person` gives `People`."""
    lower = name.lower()
    if lower in _PLURALS:
        return _in_case_of(name, lower)
    if lower in _IRREGULAR:
        return _in_case_of(name, _IRREGULAR[lower])
    if lower in _UNCOUNTABLE:
        return name
    for expression, result in _rules(lower[-1:]):
        if hit := expression.search(name):
            groups = (hit[0], *(group or "" for group in hit.groups()))
            return name[: hit.start()] + _in_case_of(hit[0], result.format(*groups))
    if lower.endswith("s"):
        return name
    return name + _in_case_of(name[-1], "s")


def _in_case_of(word: str, token: str) -> str:
    if word == token:
        return token
    if word == word.lower():
        return token.lower()
    if word == word.upper():
        return token.upper()
    return token.capitalize() if word[0] == word[0].upper() else token.lower()
