"""Templates: nothing printed that was not encoded, and no way out of the sandbox."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import load_text
from markdown_it import MarkdownIt
from rendering import FOLDER, files_of
from strategies import texts

from ace_flow.diagnostics import PatternError
from ace_flow.generator import Templates
from ace_flow.generator.browser_patterns import browser_pattern
from ace_flow.generator.encoders import ENCODERS
from ace_flow.generator.operations import in_graphql
from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident, Texts
from ace_flow.generator.typescript import Name, call
from ace_flow.loader.catalogue import read_catalogue
from ace_flow.model import (
    Access,
    AuthorizationRule,
    Component,
    Conversation,
    CustomType,
    EnumType,
    Field,
    FilePath,
    FileRule,
    Function,
    Generation,
    Handler,
    Index,
    Model,
    Operation,
    Pattern,
    Relation,
    SignIn,
    Storage,
    Tool,
    UserAttribute,
)
from ace_flow.names import in_sentence, label

# A pattern file may hold none of the others: they are refused when it is read.
readable = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r\x85")
)
any_text = readable | texts.map(lambda text: text.replace("\x00", ""))


def rendered(template, **context):
    return Texts().render_text("own.j2", template, context).decode()


@pytest.fixture
def shipped(tmp_path):
    """Render a text as a template of the tool's own."""

    def render(template, **context):
        (tmp_path / "own.j2").write_text(template, encoding="utf-8")
        return Templates(tmp_path).render("own.j2", context).content.decode()

    return render


def failure(template, **context):
    with pytest.raises(PatternError) as caught:
        rendered(template, **context)
    (finding,) = caught.value.diagnostics
    return finding


@pytest.mark.parametrize(
    "expression",
    [
        "x",
        "x | upper",
        "(x | ts) ~ x",
        "x ~ ''",
        "x | ts | trim",
        "(x | ts)[1:]",
        "(x | ts).strip()",
        "x | safe",
        "x | e",
        "x | string",
        "[x]",
        "[x] | join(' ')",
        "{'a': x}",
        "x.upper()",
        "missing",
        "missing.part",
        "name ~ x",
        "'a literal'",
        "none",
        "1.5",
        "caller",
    ],
)
def test_what_no_encoder_has_seen_is_not_printed(expression):
    assert failure(f"{{{{ {expression} }}}}", x="text", name=Ident("name")).code == "ACE173"


def test_encoded_texts_names_numbers_and_code_are_printed(shipped):
    context = {
        "text": "it's",
        "name": Ident("Order"),
        "number": 3,
        "code": Code(call("a.enum", ["b"])),
        "name_code": Code(Name("Schema")),
    }
    template = "{{ text | ts }} {{ name }} {{ number }} {{ code }} {{ name_code }};"
    assert shipped(template, **context) == "\"it's\" Order 3 a.enum(['b']) Schema;"


def test_code_is_laid_out_in_the_width_that_is_left(shipped):
    code = Code(call("a.enum", ["long" * 5, "enough" * 5]))
    short = shipped("const a = {{ code }};\n", code=code)
    assert short.count("\n") == 1
    prefix = "    const a_name_that_takes_room_on_its_line = "
    assert shipped(prefix + "{{ code }};\n", code=code) == (
        f"{prefix}a.enum([\n      '{'long' * 5}',\n      '{'enough' * 5}',\n    ]);\n"
    )


def test_members_of_mappings_are_their_keys():
    field = {"values": Ident("key"), "items": Ident("other")}
    assert rendered("{{ field.values }} {{ field.items }}", field=field) == "key other"
    assert "keys" in failure("{{ field.keys }}", field=field).message


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("one\ntwo {{ x }}\n", 2),
        ("one\n\n{{ x | unknown }}", 3),
        ("one\n{% for a in x %}\n{{ 1 / 0 }}\n{% endfor %}", 3),
        ("{% if %}", 1),
        ("\n\n{{ 5 | ts }}", 3),
        ("\n{{ [][1] | ts }}", 2),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", 2),
        ("a\n{{ range(1000000) }}", 2),
        ("{{ '%(a)s' % {} }}", 1),
    ],
)
def test_an_error_names_the_template_and_the_line(template, line):
    finding = failure(template, x="ab")
    assert finding.code == "ACE173"
    assert finding.span.source.name == "own.j2"
    assert finding.span.line == line
    assert finding.message


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__.__mro__",
        "''['__class__']",
        "'' | attr('__class__')",
        "('' | attr('__cla' ~ 'ss__')).mro()",
        "x | map(attribute='__class__') | list | first",
        "self.__init__.__globals__",
        "cycler.__init__.__globals__",
        "lipsum.__globals__['os'].popen('id').read()",
        "namespace.__init__",
        "''.format.__self__",
        "'{0.__class__}'.format(x) | ts",
        "'{x.__class__}'.format_map({'x': x}) | ts",
        "(x.append(1) or 1) | ts",
        "x.clear()",
        "config",
        "(x | map('attr', '__class__') | first) | ts",
    ],
)
def test_a_template_stays_in_its_sandbox(expression):
    assert failure(f"{{{{ {expression} }}}}", x=["a"]).code == "ACE173"


@pytest.mark.parametrize(
    "statement",
    [
        "{% include '../pyproject.toml' %}",
        "{% import '../LICENSE' as a %}",
        "{% extends '/etc/hostname' %}",
    ],
)
def test_a_template_reads_no_other_file(statement):
    assert failure(statement).code == "ACE173"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [("a", True), ("b", False), ("a and not b", True), ("c.d == 'e'", True)],
)
def test_a_condition_is_an_expression(condition, holds):
    context = {"a": [1], "b": [], "c": {"d": "e"}}
    assert Texts().holds(condition, context) is holds


@pytest.mark.parametrize(
    "condition", ["a +", "a.b.c", "missing", "1 / 0", "''.__class__.x", "a | nothing"]
)
def test_an_error_in_a_condition_is_the_patterns(condition):
    with pytest.raises(PatternError) as caught:
        Texts().holds(condition, {"a": {}})
    assert [finding.code for finding in caught.value.diagnostics] == ["ACE173"]


@pytest.mark.parametrize("text", ["\ue0000\ue000", "\ue0007\ue000"])
def test_a_text_cannot_stand_for_code(shipped, text):
    code = Code(Name("secret"))
    for encoder in ("ts", "json", "yaml", "comment", "md", "html"):
        printed = shipped(f"{{{{ text | {encoder} }}}} {{{{ code }}}}", text=text, code=code)
        assert printed.count("secret") == 1
    assert shipped(f"{text}{{{{ 1 }}}}") == f"{text}1"


@pytest.mark.parametrize(
    ("name", "printed"),
    [("Orders", "Orders"), ("Dashboard", "DashboardPage"), ("FormData", "FormDataPage")],
)
def test_a_name_of_its_own_gives_way_to_imports(name, printed, tmp_path):
    (tmp_path / "a.j2").write_text(
        "{% set tag = name('Dashboard', './d') %}{{ imports }}\n{{ own(n) }} {{ tag }}"
    )
    content = Templates(tmp_path).render("a.j2", {"n": name}).content.decode()
    assert content == f"import {{ Dashboard }} from './d';\n{printed} Dashboard"


@pytest.mark.toolchain
@settings(max_examples=60)
@given(samples=st.lists(any_text, min_size=1, max_size=10))
def test_ts_is_a_literal_of_the_text(samples, ask):
    assert ask("evaluate", [ENCODERS["ts"](text) for text in samples]) == samples


@given(text=any_text)
def test_json_is_a_literal_of_the_text(text):
    assert json.loads(ENCODERS["json"](text)) == text


@given(text=any_text)
def test_yaml_is_a_scalar_of_the_text(text):
    assert yaml.safe_load(f"- a: {ENCODERS['yaml'](text)}\n  b: 1\n") == [{"a": text, "b": 1}]


@given(value=st.recursive(any_text | st.integers() | st.none(), st.lists, max_leaves=5))
def test_json_takes_any_plain_value(value):
    assert json.loads(ENCODERS["json"](value)) == value


@pytest.mark.toolchain
@settings(max_examples=60)
@given(text=any_text)
def test_a_comment_never_ends_before_its_line(text, ask):
    source = f"a();\n{ENCODERS['comment'](text)}\nb();\n"
    plain = ask("parse", "a();\n// x\nb();\n", "a.ts")
    assert _without_comments(ask("parse", source, "a.ts")) == _without_comments(plain)


def test_a_comment_has_the_prefix_on_every_line():
    assert ENCODERS["comment"]("one\r\ntwo\u2028three\x85\u202efour", "#") == (
        "# one\n# two\n# three\n# \\u{202E}four"
    )


@given(text=any_text)
def test_html_is_the_text_and_no_markup(text):
    encoded = ENCODERS["html"](text)
    assert not set('<>"') & set(encoded)
    shown = "".join(html.unescape(encoded).split())
    assert shown == "".join(html.unescape(ENCODERS["html"](" ".join(text.split()))).split())
    if text.isprintable():
        assert html.unescape(encoded) == " ".join(text.split())


@pytest.mark.toolchain
@settings(max_examples=150)
@given(
    text=any_text
    | st.lists(
        st.sampled_from(
            (
                "-",
                "+",
                "*",
                "_",
                "1.",
                "1)",
                "#",
                ">",
                "~~~",
                "---",
                "===",
                "$$",
                "|",
                "`",
                "a",
                " ",
            )
        )
    ).map("".join)
)
def test_markdown_is_one_paragraph_and_stays_as_it_is(text, ask):
    encoded = str(ENCODERS["md"](text))
    wanted = " ".join(text.split())
    if not wanted:
        assert encoded == ""
        return
    assert ask("format", f"{encoded}\n", "a.md") == f"{encoded}\n"
    start, inline, end = MarkdownIt("commonmark").parse(encoded)
    assert (start.type, end.type) == ("paragraph_open", "paragraph_close")
    assert {child.type for child in inline.children} <= {"text", "text_special"}
    if wanted.isprintable():
        assert "".join(child.content for child in inline.children) == wanted


def _without_comments(tree):
    kind, *parts = tree
    if parts and isinstance(parts[0], str):
        return [kind, parts[0]]
    return [kind, *(_without_comments(part) for part in parts)]


class _Texts:
    """Hands out a text of its own for each place, and knows them all."""

    def __init__(self, form):
        self.form = form
        self.given = {}

    def __call__(self, place):
        return self.given.setdefault(place, self.form.format(len(self.given)))


def _whole_pattern(text):
    """Return a pattern that has a text in every place that takes one."""
    rules = (
        AuthorizationRule(
            allow="groups", groups=(text("group"), text("other group")), group_claim=text("claim")
        ),
        AuthorizationRule(allow="owner", owner_field="name", identity_claim=text("identity")),
        AuthorizationRule(allow="owners", owner_field=text("owners")),
        AuthorizationRule(allow="groups", group_field=text("group of a record")),
    )
    point = CustomType(
        name="Point",
        description=text("type"),
        fields=(Field(name="x", type="float", description=text("part")),),
    )
    order = Model(
        name="Order",
        description=text("model"),
        members=(
            Field(
                name="name",
                type="string",
                description=text("field"),
                default=text("default"),
                pattern=text("pattern"),
                required=True,
                authorization=rules,
            ),
            Field(name="notes", type="string", description=text("prose"), default=text("words")),
            Field(name="data", type="json", description=text("json"), default=text("data")),
            Field(name="tags", type="string", array=True, description=text("list")),
            Field(name="state", type="ref", ref="State", description=text("choice")),
            Field(name="states", type="ref", ref="State", array=True, description=text("choices")),
            Field(name="open", type="boolean", description=text("switch")),
            Field(name="due", type="date", description=text("day")),
            Field(name="place", type="ref", ref="Point", description=text("group field")),
            Field(name="parentId", type="id", description=text("key")),
            Relation(
                name="parent",
                type="belongsTo",
                model="Order",
                references=("parentId",),
                description=text("relation"),
            ),
        ),
        authorization=rules,
        indexes=(
            Index(field="name", name=text("index"), query_field="ordersByName"),
            Index(field="name", sort_keys=(text("sort key"),), query_field="sortedByName"),
        ),
    )
    return Pattern(
        name="whole",
        display_name=text("title"),
        version=text("version"),
        description=text("description"),
        category=text("category"),
        complexity=text("complexity"),
        estimated_time=text("time"),
        tags=(text("tag"),),
        services=tuple(read_catalogue(FOLDER).services),
        enums=(EnumType(name="State", values=("open", "closed")),),
        types=(point,),
        models=(order,),
        **_whole_backend(text),
        components=tuple(
            Component(
                name=kind.title(),
                type=kind,
                title=text(f"title of {kind}"),
                purpose=text(kind),
                models=("Order",),
            )
            for kind in read_catalogue(FOLDER).component_types
        ),
    )


def _whole_backend(text):
    """Return what a pattern has beyond models, with a text in every place that takes one."""
    callers = (AuthorizationRule(allow="groups", groups=(text("caller"),)),)
    argument = Field(name="of", type="enum", values=(text("choice of an argument"),))
    path = f"{text('path')}/*"
    return {
        "queries": (
            Operation(
                name="find",
                kind="query",
                description=text("operation"),
                arguments=(argument,),
                returns=text("result"),
                handler=Handler(function="work"),
                authorization=callers,
            ),
        ),
        "subscriptions": (Operation(name="tell", kind="subscription", sources=("createOrder",)),),
        "generations": (
            Generation(
                name="write",
                description=text("route"),
                ai_model=text("ai model"),
                system_prompt=text("prompt"),
                returns="string",
                authorization=callers,
            ),
        ),
        "conversations": (
            Conversation(
                name="chat",
                ai_model=text("ai model"),
                system_prompt=text("talk"),
                tools=(Tool(name=text("tool"), description=text("use"), query=text("asked")),),
            ),
        ),
        "functions": (
            Function(
                name="work",
                description=text("function"),
                environment={"NOTE": text("environment")},
                secrets=("KEY",),
                schedule=(text("schedule"),),
                access=Access(
                    data=("query",),
                    tables={"Order": (text("table access"),)},
                    storage={path: (text("access"),)},
                ),
            ),
            Function(name="call", description=text("endpoint"), url=True),
            Function(name="tidy", schedule=(text("schedule"), text("other schedule"))),
        ),
        "sign_in": SignIn(
            login_with=("email",),
            attributes=(UserAttribute(name="custom:a", max_length=3),),
            social=("google",),
            callback_urls=(text("callback"),),
            logout_urls=(text("logout"),),
        ),
        "storage": Storage(
            name="files",
            paths=(
                FilePath(
                    path=path,
                    rules=(
                        FileRule(
                            allow="groups",
                            groups=(text("file group"),),
                            operations=(text("file operation"),),
                        ),
                    ),
                ),
            ),
        ),
    }


def _differences(one, other):
    """Yield the pairs of leaves in which two trees of the same shape differ."""
    if isinstance(one, str) or isinstance(other, str):
        if one != other:
            yield one, other
        return
    assert len(one) == len(other)
    for left, right in zip(one, other, strict=True):
        yield from _differences(left, right)


def _are_comments(*texts):
    lines = [line for text in texts for line in text.split("\n")]
    return all(line.startswith("//") and len(line.splitlines()) == 1 for line in lines)


class _Events(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.events = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.events.append([tag, *[f"{name}={value}" for name, value in attrs]])

    def handle_endtag(self, tag):
        self.events.append([f"/{tag}"])

    def handle_data(self, data):
        self.events.append([" ".join(data.split())])


@pytest.mark.toolchain
def test_no_text_of_a_pattern_becomes_code_anywhere(ask):
    """Two patterns differ in their texts: so do their files, as string literals and only so."""
    hostile = _Texts(
        "h{}'\"`\\\n\r\u2028\u202e*/-->]]></script>{{{{x}}}}${{x}}<b>&amp;#{{y}}{{%z%}}"
    )
    plain = _Texts("p{}")
    bad, good = files_of(_whole_pattern(hostile)), files_of(_whole_pattern(plain))
    assert bad.keys() == good.keys()
    pairs = {(hostile.given[place], plain.given[place]) for place in plain.given}
    pairs.add((label(hostile.given["sort key"]), label(plain.given["sort key"])))
    pairs.add(
        tuple(
            f"Name, sorted by {in_sentence(label(one.given['sort key']))}"
            for one in (hostile, plain)
        )
    )
    pairs.add((browser_pattern(hostile.given["pattern"]), plain.given["pattern"]))
    pairs.add((f"{hostile.given['path']}/*", f"{plain.given['path']}/*"))
    # A key of an object has quotes where it has to.
    pairs.add(("StringLiteral", "Identifier"))
    pairs |= {(in_graphql(one), in_graphql(other)) for one, other in pairs}
    shown = set()
    for path, text in bad.items():
        if text == good[path]:
            continue
        if path.endswith((".js", ".ts", ".tsx")):
            trees = (ask("parse", text, path), ask("parse", good[path], path))
        elif path.endswith(".html"):
            trees = (_Events(text).events, _Events(good[path]).events)
            title = ENCODERS["html"](hostile.given["title"])
            pairs.add((html.unescape(title), plain.given["title"]))
        elif path.endswith(".md"):
            trees = (text.splitlines(), good[path].splitlines())
            for place, start in (("title", "# "), ("description", "")):
                encoded = start + ENCODERS["md"](hostile.given[place])
                pairs.add((encoded, start + plain.given[place]))
        else:
            raise AssertionError(f"{path} holds a text of the pattern")
        # What a function does stands in line comments, each line of it in its own.
        found = {pair for pair in _differences(*trees) if not _are_comments(*pair)}
        assert found <= pairs
        shown |= {good for _, good in found}
    # The test is worth something only where texts are shown.
    places = {place for place, text in plain.given.items() if text in shown}
    assert {"title", "form", "field", "default", "words", "part", "claim", "index"} <= places
    assert {"owners", "group of a record", "sort key"} <= places
    assert {"caller", "result", "prompt", "talk", "use", "asked", "ai model", "tool"} <= places
    assert {"environment", "schedule", "other schedule", "access", "callback", "logout"} <= places
    assert {"file group", "file operation", "choice of an argument"} <= places


SIGNED = """\
name: test
models: [{name: Note, fields: [{name: text, type: string}]}]
components: [{name: NoteForm, type: form}, {name: Notes, type: table}]
functions: [{name: work, url: true, source: a.ts}, {name: more, url: true}]
"""


def test_what_can_have_a_comment_says_who_made_it():
    made = files_of(load_text(SIGNED).pattern, {"a.ts": b"// ours"})
    unsigned = {path for path, text in made.items() if "Generated by ace-flow." not in text}
    assert {path for path in unsigned if not path.endswith(".json")} == {
        "amplify/functions/work/handler.ts"
    }
