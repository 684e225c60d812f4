from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ace_flow.diagnostics import PatternError
from ace_flow.generator.encoders import Encoded
from ace_flow.generator.texts import Ident, Texts

CONTEXT = {
    "model": {"name": Ident("Post"), "kebab": Ident("blog-post"), "title": "A post", "count": 3},
    "pattern": {"name": Ident("shop"), "plain": None},
    "code": Encoded("x"),
    "text": "free",
}
PIECES = [
    *(
        "src/",
        "Form.tsx",
        "{{ model.name }}",
        "{{model.kebab}}",
        "{{ pattern.name }}",
        "{{ code }}",
    ),
    *(
        "{{ model.title }}",
        "{{ model.count }}",
        "{{ model.nothing }}",
        "{{ nothing }}",
        "{{ text }}",
    ),
    *(
        "{{ model['name'] }}",
        "{{ model.name | lower }}",
        "{% if model.count %}y{% endif %}",
        "{{ 1 }}",
        "{{ code.name }}",
        "{{ text.upper }}",
    ),
    *(
        "{{ model.name.upper() }}",
        "{# #}",
        "\n",
        "{{ pattern.plain }}",
        "{{ model }}",
        "{{",
        "}}",
        "{%",
    ),
]


def outcome(render):
    try:
        return render()
    except PatternError as error:
        return error.diagnostics


@given(st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_a_short_template_gives_what_jinja_makes_of_it(text):
    texts = Texts()
    whole = outcome(lambda: texts.render_text(text, text, CONTEXT).decode())
    for _ in range(2):
        assert outcome(lambda: texts.render_line(text, CONTEXT)) == whole
