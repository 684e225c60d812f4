from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow import names


@pytest.mark.parametrize(
    ("name", "pascal", "camel", "kebab", "title", "label"),
    [
        ("dataSource", "DataSource", "dataSource", "data-source", "Data Source", "Data source"),
        ("DataSource", "DataSource", "dataSource", "data-source", "Data Source", "Data source"),
        ("data_source", "DataSource", "dataSource", "data-source", "Data Source", "Data source"),
        ("custom-shop", "CustomShop", "customShop", "custom-shop", "Custom Shop", "Custom shop"),
        ("HTMLPage", "HTMLPage", "htmlPage", "html-page", "HTML Page", "HTML page"),
        ("userId", "UserId", "userId", "user-id", "User Id", "User ID"),
        ("imageUrl", "ImageUrl", "imageUrl", "image-url", "Image Url", "Image URL"),
        ("sku", "Sku", "sku", "sku", "Sku", "SKU"),
        ("seoTitle", "SeoTitle", "seoTitle", "seo-title", "Seo Title", "SEO title"),
        ("clientIp", "ClientIp", "clientIp", "client-ip", "Client Ip", "Client IP"),
        ("apiKey", "ApiKey", "apiKey", "api-key", "Api Key", "API key"),
        ("Task2", "Task2", "task2", "task2", "Task2", "Task2"),
        ("A", "A", "a", "a", "A", "A"),
    ],
)
def test_cases_of_a_name(name, pascal, camel, kebab, title, label):
    assert names.pascal(name) == pascal
    assert names.camel(name) == camel
    assert names.kebab(name) == kebab
    assert names.title(name) == title
    assert names.label(name) == label


@pytest.mark.parametrize(
    ("label", "spoken"),
    [
        ("Due date", "due date"),
        ("SKU", "SKU"),
        ("API key", "API key"),
        ("A", "a"),
        ("A test", "a test"),
        ("", ""),
    ],
)
def test_a_label_in_a_sentence_keeps_its_acronyms(label, spoken):
    assert names.in_sentence(label) == spoken


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Größe", "Grosse"), ("Café 1", "Cafe 1"), ("Grøn", ""), ("日本", ""), ("", "")],
)
def test_a_text_without_accents(text, plain):
    assert names.plain(text) == plain


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Task", "Tasks"),
        ("Category", "Categories"),
        ("Day", "Days"),
        ("Box", "Boxes"),
        ("News", "News"),
        ("Person", "People"),
        ("OrderItem", "OrderItems"),
        ("SalesPerson", "SalesPeople"),
        ("data source", "data sources"),
        ("", ""),
    ],
)
def test_plurals_keep_the_case(one, many):
    assert names.plural(one) == many


@given(st.from_regex(names.MODEL_NAME.pattern, fullmatch=True))
def test_every_model_name_has_all_forms(name):
    forms = (names.pascal(name), names.camel(name), names.kebab(name), names.plural(name))
    assert all(forms)
    assert names.camel(name)[0].islower() or not name[0].isalpha()


def test_the_nearest_name_is_named_else_all_when_they_are_few():
    assert names.Suggestion("strng", ["string", "id"]).text == "did you mean `string`?"
    assert names.Suggestion("zzz", ["string", "id"]).text == "one of: id, string"
    assert names.Suggestion("zzz", [f"name{n}" for n in range(100)]).text is None
    assert names.Suggestion("x", []).text is None


@pytest.mark.parametrize("text", ["a\n", "a b", "", "Ä", "1a", "a" * 65])
def test_names_match_as_a_whole(text):
    for expression in (names.PATTERN_NAME, names.FIELD_NAME, names.ENUM_VALUE):
        assert not expression.fullmatch(text)
