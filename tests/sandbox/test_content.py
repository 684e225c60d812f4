"""The editorial desk: from draft to public and back, and who may take which step."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("content_management")]

PAST, FUTURE = "2024-01-01T12:00:00.000Z", "2100-01-01T00:00:00.000Z"


@pytest.fixture(scope="module")
def client(client_of):
    return client_of("content_management")


@pytest.fixture
def author(client, request):
    return client.user(f"author-{request.node.name}", "authors")


@pytest.fixture
def editor(client):
    return client.user("editor", "editors")


@pytest.fixture
def admin(client):
    return client.user("admin", "admins")


@pytest.fixture
def reader(client):
    return client.user("reader")


@pytest.fixture
def outsiders(client, reader):
    """Return everybody who is not on the desk, and another author."""
    return [client.guest(), reader, client.user("other", "authors")]


@pytest.fixture
def publish_due(client):
    return lambda: client.invoke("publish-due")


@pytest.fixture
def draft(author):
    """Return a function that writes a draft, and gives its id."""

    def write(**fields):
        profile = author.done("introduceAuthor", name="Ann", email="ann@example.com")["id"]
        given = {"title": "News", "slug": "news", "content": "Text", "authorId": profile}
        return author.done("beginArticle", **given | fields)["id"]

    return write


def article(caller, key):
    return caller.call("Article", "get", {"id": key}).data


def changed_at(caller, key):
    """Return when the text was changed last, or some time for whoever may not read it."""
    found = article(caller, key)
    return found["updatedAt"] if found else PAST


def publishing(caller, key, *, seen=None):
    seen = seen or changed_at(caller, key)
    return caller.mutate("publishArticle", articleId=key, updatedAt=seen)


def publish(caller, key):
    answer = publishing(caller, key)
    assert answer.errors == []
    return answer.data


def approving(caller, key, *, seen=None, **given):
    seen = seen or changed_at(caller, key)
    return caller.mutate("approveArticle", articleId=key, updatedAt=seen, **given)


def approve(caller, key, **given):
    answer = approving(caller, key, **given)
    assert answer.errors == []
    return answer.data


def copies(caller, key):
    found = caller.call("PublishedArticle", "list", limit=1000).data
    mine = [row for row in found if row["id"].startswith(f"{key}:")]
    return sorted(mine, key=lambda row: row["language"])


def versions(caller, key):
    return caller.call("ArticleVersion", "listArticleVersionsByArticle", {"articleId": key}).data


def test_an_article_goes_from_draft_to_public(client, author, editor, reader, draft):
    key = draft(excerpt="In short")
    assert author.done("submitForReview", articleId=key)["status"] == "in_review"
    assert copies(client.guest(), key) == []
    published = publish(editor, key)
    assert (published["status"], published["version"]) == ("published", 1)
    for caller in (client.guest(), reader):
        [copy] = copies(caller, key)
        assert (copy["title"], copy["content"], copy["authorName"]) == ("News", "Text", "Ann")
        assert (copy["language"], copy["publishedAt"]) == ("en", published["publishedAt"])
    [version] = versions(author, key)
    assert (version["version"], version["content"]) == (1, "Text")
    assert versions(reader, key) == []
    assert versions(client.guest(), key) in ([], None)


def test_the_copy_is_found_by_its_address_and_names_the_tags(client, author, editor, draft):
    key = draft(slug="tagged")
    tag = author.create("Tag", name="Science", slug="science")["id"]
    author.create("ArticleTag", articleId=key, tagId=tag)
    author.done("submitForReview", articleId=key)
    publish(editor, key)
    found = client.guest().call("PublicAddress", "listPublicAddressesBySlug", {"slug": "tagged"})
    assert [row["id"] for row in found.data] == [f"{key}:en"]
    asked = {"language": "en"}
    found = client.guest().call("PublishedArticle", "listPublishedArticlesByLanguage", asked)
    assert [row["tagNames"] for row in found.data if row["id"] == f"{key}:en"] == [["Science"]]


def test_publishing_again_changes_nothing(author, editor, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    first = publish(editor, key)
    assert publish(editor, key)["updatedAt"] == first["updatedAt"]
    assert len(versions(author, key)) == 1


def test_a_public_article_keeps_its_text_until_the_next_is_published(author, editor, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    first = publish(editor, key)
    author.call("Article", "update", {"id": key, "content": "Better"})
    assert [copy["content"] for copy in copies(editor, key)] == ["Text"]
    author.done("submitForReview", articleId=key)
    assert [copy["content"] for copy in copies(editor, key)] == ["Text"]
    again = publish(editor, key)
    assert (again["version"], again["publishedAt"]) == (2, first["publishedAt"])
    assert [copy["content"] for copy in copies(editor, key)] == ["Better"]
    assert sorted(row["content"] for row in versions(author, key)) == ["Better", "Text"]


def test_an_article_is_returned_with_a_reason(author, editor, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    assert "1 to 1000" in editor.mutate("returnArticle", articleId=key, reason=" ").said
    editor.done("returnArticle", articleId=key, reason="Too long")
    found = article(author, key)
    assert (found["status"], found["reviewNote"]) == ("draft", "Too long")
    assert "cannot be published" in publishing(editor, key).said
    author.done("submitForReview", articleId=key)
    assert article(author, key)["reviewNote"] is None


def test_archiving_takes_it_from_the_public(client, author, editor, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    publish(editor, key)
    assert "Only editors" in author.mutate("archiveArticle", articleId=key).said
    for _ in range(2):
        assert editor.done("archiveArticle", articleId=key)["status"] == "archived"
    assert copies(client.guest(), key) == []
    assert "cannot be published" in publishing(editor, key).said
    author.done("submitForReview", articleId=key)
    assert publish(editor, key)["version"] == 2


def test_an_author_archives_what_was_never_public(author, draft):
    key = draft()
    assert author.done("archiveArticle", articleId=key)["status"] == "archived"


def test_translations_are_public_with_their_article(client, author, editor, draft):
    key = draft()
    fields = {"articleId": key, "title": "Nouvelles", "content": "Texte"}
    french = author.done("beginTranslation", language="fr", **fields)
    english = author.done("beginTranslation", language="en", **fields)
    given = {"articleTranslationId": french["id"], "updatedAt": french["updatedAt"]}
    assert author.mutate("publishTranslation", **given).refused
    assert "cannot be published" in editor.mutate("publishTranslation", **given).said
    author.done("submitForReview", articleId=key)
    publish(editor, key)
    for _ in range(2):
        editor.done("publishTranslation", **given)
    assert [copy["title"] for copy in copies(client.guest(), key)] == ["News", "Nouvelles"]
    given = {"articleTranslationId": english["id"], "updatedAt": english["updatedAt"]}
    assert "cannot be translated" in editor.mutate("publishTranslation", **given).said
    editor.done("archiveArticle", articleId=key)
    assert copies(client.guest(), key) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "published"),
        ("publishedAt", PAST),
        ("scheduledFor", PAST),
        ("approvedAt", PAST),
        ("publishedIn", ["en"]),
        ("version", 7),
        ("reviewNote", "Fine"),
        ("createdAt", PAST),
    ],
)
def test_nobody_sets_by_hand_what_the_steps_set(author, editor, admin, draft, field, value):
    key = draft()
    for caller in (author, editor, admin):
        assert caller.call("Article", "update", {"id": key, field: value}).refused
        given = {"title": "N", "slug": "n", "content": "T", "authorId": "a", field: value}
        assert caller.call("Article", "create", given).refused
    assert author.call("Article", "update", {"id": key, "title": "Newer"}).errors == []
    assert article(author, key)["title"] == "Newer"


def test_drafts_are_for_the_author_and_the_editors(author, editor, outsiders, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    assert article(author, key)["title"] == article(editor, key)["title"] == "News"
    for caller in outsiders:
        assert caller.call("Article", "get", {"id": key}).refused
        assert not caller.call("Article", "list").data
        listed = caller.call("Article", "listArticlesByStatus", {"status": "in_review"})
        assert not listed.data
        assert caller.call("Article", "update", {"id": key, "title": "x"}).refused
        assert caller.call("Article", "delete", {"id": key}).refused


def test_only_editors_approve_return_and_publish(author, outsiders, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    for caller in (author, *outsiders):
        assert publishing(caller, key).refused
        assert approving(caller, key).refused
        assert caller.mutate("returnArticle", articleId=key, reason="No").refused
    assert article(author, key)["status"] == "in_review"


def test_articles_of_others_are_not_there(client, reader, outsiders, draft):
    key = draft()
    other = outsiders[-1]
    for step in ("submitForReview", "archiveArticle"):
        said = other.mutate(step, articleId=key).said
        assert said == other.mutate(step, articleId="none").said
        assert "no such article" in said
        assert reader.mutate(step, articleId=key).refused
        assert client.guest().mutate(step, articleId=key).refused


def test_nobody_writes_what_is_public_or_its_versions(author, editor, admin, reader, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    publish(editor, key)
    [copy], [version] = copies(editor, key), versions(editor, key)
    forged = {"title": "x", "content": "x", "language": "de", "publishedAt": PAST}
    address = {"language": "de", "slug": "x"}
    text = {"articleId": key, "version": 9, "content": "x"}
    for caller in (author, editor, admin, reader):
        assert caller.call("PublishedArticle", "create", forged).refused
        assert caller.call("PublishedArticle", "update", {"id": copy["id"], "title": "x"}).refused
        assert caller.call("PublishedArticle", "delete", {"id": copy["id"]}).refused
        assert caller.call("PublicAddress", "create", address).refused
        assert caller.call("PublicAddress", "update", {"id": copy["id"], "slug": "x"}).refused
        assert caller.call("PublicAddress", "delete", {"id": copy["id"]}).refused
        assert caller.call("ArticleVersion", "create", text).refused
        assert caller.call("ArticleVersion", "update", {"id": version["id"], **text}).refused
    for caller in (author, editor, reader):
        assert caller.call("ArticleVersion", "delete", {"id": version["id"]}).refused


def test_readers_put_no_tags_on_articles(reader, draft):
    assert reader.call("ArticleTag", "create", {"articleId": draft(), "tagId": "t"}).refused


def test_steps_follow_on_each_other(author, editor, draft):
    key = draft()
    assert "draft cannot be approved" in approving(editor, key).said
    assert "draft cannot be published" in publishing(editor, key).said
    said = editor.mutate("returnArticle", articleId=key, reason="No").said
    assert "draft cannot be returned" in said
    author.done("submitForReview", articleId=key)
    assert author.done("submitForReview", articleId=key)["status"] == "in_review"
    approve(editor, key)
    said = author.mutate("submitForReview", articleId=key).said
    assert "approved cannot be submitted" in said


def test_what_is_approved_is_published_when_its_time_has_come(
    client, author, editor, draft, publish_due
):
    due, later, never = draft(), draft(), draft()
    for key, when in ((due, PAST), (later, FUTURE), (never, None)):
        author.done("submitForReview", articleId=key)
        approve(editor, key, scheduledFor=when)
    for _ in range(2):
        publish_due()
    assert [article(author, key)["status"] for key in (due, later, never)] == [
        "published",
        "approved",
        "approved",
    ]
    assert [len(copies(client.guest(), key)) for key in (due, later, never)] == [1, 0, 0]
    assert [row["createdBy"] for row in versions(author, due)] == ["schedule"]


def test_what_was_changed_after_it_was_approved_is_reviewed_again(
    client, author, editor, draft, publish_due
):
    key = draft()
    author.done("submitForReview", articleId=key)
    approve(editor, key, scheduledFor=PAST)
    author.call("Article", "update", {"id": key, "content": "Something else"})
    publish_due()
    found = article(author, key)
    assert (found["status"], found["scheduledFor"]) == ("in_review", None)
    assert "changed after it was approved" in found["reviewNote"]
    assert copies(client.guest(), key) == []


def test_what_was_changed_after_it_was_approved_is_not_published(author, editor, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    approve(editor, key)
    author.call("Article", "update", {"id": key, "content": "Something else"})
    # Not even by an editor who has the page as it is now.
    assert "changed after it was approved" in publishing(editor, key).said
    assert (article(author, key)["status"], copies(editor, key)) == ("approved", [])
    approve(editor, key)
    publish(editor, key)
    assert [copy["content"] for copy in copies(editor, key)] == ["Something else"]


def test_an_editor_publishes_and_approves_the_text_that_was_read(author, editor, draft):
    key = draft()
    author.done("submitForReview", articleId=key)
    seen = changed_at(editor, key)
    author.call("Article", "update", {"id": key, "content": "Something else"})
    for step in (publishing, approving):
        assert "changed since you read it" in step(editor, key, seen=seen).said
    assert (article(author, key)["status"], copies(editor, key)) == ("in_review", [])
    publish(editor, key)
    assert [copy["content"] for copy in copies(editor, key)] == ["Something else"]


def test_an_editor_publishes_the_translation_that_was_read(author, editor, draft):
    key = draft()
    fields = {"articleId": key, "language": "fr", "title": "Nouvelles", "content": "Texte"}
    french = author.done("beginTranslation", **fields)
    author.done("submitForReview", articleId=key)
    publish(editor, key)
    author.call("ArticleTranslation", "update", {"id": french["id"], "content": "Autre"})
    given = {"articleTranslationId": french["id"], "updatedAt": french["updatedAt"]}
    assert "changed since you read it" in editor.mutate("publishTranslation", **given).said
    assert [copy["language"] for copy in copies(editor, key)] == ["en"]


@pytest.fixture
def public(author, editor, draft):
    """Return the id of an article that is public."""
    key = draft()
    author.done("submitForReview", articleId=key)
    publish(editor, key)
    return f"{key}:en"


def comments(caller, place):
    found = caller.call("PublishedComment", "list", limit=1000).data
    return [row for row in found if row["publishedArticleId"] == place]


def commented(caller, place, content="First!"):
    given = {"publishedArticleId": place, "authorName": "Ruth", "content": content}
    return caller.done("commentOnArticle", **given)


def test_a_comment_appears_when_it_is_approved(client, editor, reader, public):
    sent = commented(reader, public, " First! ")
    assert (sent["status"], sent["content"], sent["authorName"]) == ("pending", "First!", "Ruth")
    assert comments(client.guest(), public) == []
    for _ in range(2):
        assert editor.done("approveComment", commentId=sent["id"])["status"] == "approved"
    for caller in (client.guest(), reader):
        [copy] = comments(caller, public)
        assert (copy["id"], copy["content"], copy["authorName"]) == (sent["id"], "First!", "Ruth")
        assert copy["postedAt"] == sent["createdAt"]
        assert "owner" not in copy
    for _ in range(2):
        assert editor.done("rejectComment", commentId=sent["id"])["status"] == "rejected"
    assert comments(client.guest(), public) == []
    editor.done("approveComment", commentId=sent["id"])
    assert len(comments(client.guest(), public)) == 1


def test_an_answer_appears_under_its_article(client, editor, reader, public):
    sent = commented(reader, public)
    answer = {"publishedCommentId": sent["id"], "authorName": "Kim", "content": "No."}
    other = client.user("other-reader")
    assert "no such comment" in other.mutate("replyToComment", **answer).said
    editor.done("approveComment", commentId=sent["id"])
    reply = other.done("replyToComment", **answer)
    assert (reply["status"], reply["publishedArticleId"]) == ("pending", public)
    editor.done("approveComment", commentId=reply["id"])
    found = {row["id"]: row["replyToId"] for row in comments(client.guest(), public)}
    assert found == {sent["id"]: None, reply["id"]: sent["id"]}


def test_only_moderators_decide_about_comments(client, author, outsiders, reader, public):
    sent = commented(reader, public)["id"]
    for caller in (author, *outsiders):
        assert caller.mutate("approveComment", commentId=sent).refused
        assert caller.mutate("rejectComment", commentId=sent).refused
    assert reader.call("Comment", "get", {"id": sent}).data["status"] == "pending"
    assert comments(client.guest(), public) == []


def test_nobody_writes_comments_past_the_steps(client, author, editor, admin, reader, public):
    sent = commented(reader, public)["id"]
    editor.done("approveComment", commentId=sent)
    forged = {"publishedArticleId": public, "authorName": "Editor", "content": "x"}
    for caller in (client.guest(), reader, author, editor, admin):
        approved = {**forged, "status": "approved"}
        assert caller.call("Comment", "create", approved).refused
        assert caller.call("Comment", "update", {"id": sent, "content": "x"}).refused
        assert caller.call("Comment", "delete", {"id": sent}).refused
        published = {**forged, "postedAt": PAST}
        assert caller.call("PublishedComment", "create", published).refused
        assert caller.call("PublishedComment", "update", {"id": sent, "content": "x"}).refused
        assert caller.call("PublishedComment", "delete", {"id": sent}).refused
    assert client.guest().mutate("commentOnArticle", **forged).refused


def test_what_was_sent_in_is_for_its_writer_and_the_moderators(
    client, author, editor, admin, reader, public
):
    key = {"id": commented(reader, public)["id"]}
    for caller in (reader, editor, admin):
        assert caller.call("Comment", "get", key).data["content"] == "First!"
    for caller in (client.guest(), author, client.user("other-reader")):
        assert caller.call("Comment", "get", key).refused


def test_a_comment_is_taken_back_with_its_copy(client, editor, reader, public):
    sent = {"commentId": commented(reader, public)["id"]}
    editor.done("approveComment", **sent)
    for caller in (editor, client.user("other-reader")):
        assert "not yours" in caller.mutate("withdrawComment", **sent).said
    assert client.guest().mutate("withdrawComment", **sent).refused
    for _ in range(2):
        assert reader.done("withdrawComment", **sent) is True
    assert comments(client.guest(), public) == []
    assert "no such comment" in editor.mutate("approveComment", **sent).said


def test_comments_are_on_what_is_public(editor, reader, public):
    given = {"authorName": "Ruth", "content": "x"}
    wrong = reader.mutate("commentOnArticle", publishedArticleId="none", **given)
    assert "no such article" in wrong.said
    for bad in ({"content": " "}, {"content": "x" * 5001}, {"authorName": " "}):
        wrong = reader.mutate("commentOnArticle", **given | bad, publishedArticleId=public)
        assert "characters" in wrong.said
    sent = commented(reader, public)["id"]
    editor.done("archiveArticle", articleId=public.removesuffix(":en"))
    assert "no such article" in editor.mutate("approveComment", commentId=sent).said
    assert editor.done("rejectComment", commentId=sent)["status"] == "rejected"


def test_comments_go_with_their_article(client, editor, reader, public):
    sent = [commented(reader, public, f"Number {number}")["id"] for number in range(3)]
    for key in sent:
        editor.done("approveComment", commentId=key)
    listed = {"publishedArticleId": public}
    asked = ("PublishedComment", "listPublishedCommentsByArticle", listed)
    assert len(client.guest().call(*asked).data) == 3
    editor.done("archiveArticle", articleId=public.removesuffix(":en"))
    for caller in (client.guest(), reader, editor):
        assert comments(caller, public) == []
        assert caller.call("PublishedComment", "get", {"id": sent[0]}).data is None
    # Their writers and moderators still do with them what they may.
    assert reader.done("withdrawComment", commentId=sent[0]) is True
    assert editor.done("rejectComment", commentId=sent[1])["status"] == "rejected"


ARTICLE = {"title": "N", "slug": "n", "content": "T", "authorId": "a"}
FILE = {"filename": "p.png", "originalName": "p.png", "mimeType": "image/png", "size": 1}
BEGUN = [
    ("introduceAuthor", "Author", {"name": "Eve", "email": "eve@example.com"}),
    ("beginArticle", "Article", ARTICLE),
    ("addMedia", "Media", {**FILE, "file": "media/p.png", "authorId": "a"}),
]


@pytest.mark.parametrize(("begin", "model", "given"), BEGUN)
def test_the_desk_is_for_authors_and_editors(
    client, author, editor, admin, reader, begin, model, given
):
    for caller in (reader, client.guest()):
        assert caller.mutate(begin, **given).refused
    for caller in (reader, client.guest(), author, editor, admin):
        assert caller.call(model, "create", given).refused
    for caller in (author, editor, admin):
        made = {"id": caller.done(begin, **given)["id"]}
        assert caller.call(model, "update", {**made, **given}).errors == []
    assert reader.call(model, "get", made).refused


def test_what_is_begun_is_checked(author):
    said = author.mutate("beginArticle", **ARTICLE | {"slug": "No slug"}).said
    assert "slug" in said.lower()


def test_authors_translate_their_own_articles(client, author, editor, draft):
    text = {"articleId": draft(), "language": "fr", "title": "N", "content": "T"}
    other = client.user("other", "authors")
    assert "no such article" in other.mutate("beginTranslation", **text).said
    assert editor.done("beginTranslation", **text)["language"] == "fr"
    mine = {"id": author.done("beginTranslation", **text)["id"]}
    assert author.call("ArticleTranslation", "update", {**mine, "title": "M"}).errors == []
    assert other.call("ArticleTranslation", "get", mine).refused
