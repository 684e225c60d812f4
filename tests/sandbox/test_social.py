"""The social platform: who follows, likes, comments and writes, and what nobody can forge."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import backend
import pytest
from backend import claims, token

# No two members have the same username, whatever the test.
NUMBERS = count(1)

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("social_platform")]


@pytest.fixture(scope="module")
def client(client_of):
    return client_of("social_platform")


@pytest.fixture
def member(client, request):
    """Return somebody with a profile, who is called like no one in another test."""

    def join(name: str, **fields):
        user = client.user(f"{name}-{request.node.name}")
        user.id = f"sub-{name}-{request.node.name}"
        user.username = f"{name}_{next(NUMBERS)}"
        given = {"username": user.username, "displayName": name.title(), **fields}
        made = user.done("createProfile", **given)
        assert (made["userId"], made["username"]) == (user.id, user.username)
        return user

    return join


def profile(member):
    return member.call("User", "get", {"userId": member.id}).data


def counts(member):
    found = profile(member)
    return found["followersCount"] or 0, found["followingCount"] or 0


def posted(member, **fields):
    return member.create("Post", content="Hello", visibility="public", **fields)


def notices(member):
    found = member.call("Notification", "list", limit=1000).data
    return sorted((item["type"], item["title"]) for item in found)


def conversation(member, *others):
    first, *more = others
    if not more:
        return member.done("startConversation", userId=first.id)["id"]
    return member.done("startGroup", userIds=[other.id for other in others])["id"]


def following(member, other):
    return {"followId": f"{member.id}:{other.id}"}


def test_a_profile_is_for_ones_own_account_only(client, member):
    alice, bob = member("alice"), member("bob")
    profile_of = {"username": "more", "displayName": "More"}
    for who in (alice, client.user("eve")):
        assert who.call("User", "create", {"userId": alice.id, **profile_of}).refused
    assert "already" in alice.mutate("createProfile", **profile_of).said
    assert client.guest().mutate("createProfile", **profile_of).refused
    assert bob.call("User", "update", {"userId": alice.id, "displayName": "Bob"}).refused
    assert bob.call("User", "delete", {"userId": alice.id}).refused
    assert client.guest().call("User", "get", {"userId": alice.id}).refused
    for who in (alice, bob):
        found = who.call("User", "list", filter={"userId": {"eq": alice.id}}, limit=1000).data
        assert [row["userId"] for row in found] == [alice.id]


@pytest.mark.parametrize(
    ("field", "value"), [("followersCount", 9), ("followingCount", 9), ("isVerified", True)]
)
def test_nobody_counts_or_verifies_themselves(member, field, value):
    alice = member("alice")
    assert alice.call("User", "update", {"userId": alice.id, field: value}).refused
    assert profile(alice)[field] is None


def test_following_counts_once(member):
    alice, bob = member("alice"), member("bob")
    first = alice.done("followUser", userId=bob.id)
    assert first["status"] == "accepted"
    assert alice.done("followUser", userId=bob.id)["id"] == first["id"]
    assert (counts(alice), counts(bob)) == ((0, 1), (1, 0))
    assert notices(bob) == [("follow", "Alice follows you")]
    for who in (bob, member("eve")):
        assert "other members" in who.mutate("unfollow", followId=first["id"]).said
    for _ in range(2):
        assert alice.done("unfollow", followId=first["id"]) is True
    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))


def test_a_private_member_decides_who_follows(member):
    alice, bob = member("alice"), member("bob", approvesFollowers=True)
    request = alice.done("followUser", userId=bob.id)
    assert request["status"] == "pending"
    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))
    for other in (alice, member("eve")):
        for step in ("acceptFollow", "declineFollow", "removeFollower"):
            assert "other members" in other.mutate(step, followId=request["id"]).said
    for _ in range(2):
        assert bob.done("acceptFollow", followId=request["id"])["status"] == "accepted"
    assert (counts(alice), counts(bob)) == ((0, 1), (1, 0))
    assert notices(alice) == [("follow", "Bob lets you follow")]
    for _ in range(2):
        assert bob.done("removeFollower", followId=request["id"]) is True
    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))


def test_a_request_that_is_declined_was_never_counted(member):
    alice, bob = member("alice"), member("bob", approvesFollowers=True)
    request = alice.done("followUser", userId=bob.id)
    assert bob.done("declineFollow", followId=request["id"]) is True
    assert (counts(alice), counts(bob)) == ((0, 0), (0, 0))
    assert alice.call("Follow", "list").data == []


def test_only_the_two_know_and_nobody_writes_who_follows(client, member):
    alice, bob, eve = member("alice"), member("bob"), member("eve")
    made = alice.done("followUser", userId=bob.id)
    assert [row["id"] for row in alice.call("Follow", "list").data] == [made["id"]]
    assert [row["id"] for row in bob.call("Follow", "list").data] == [made["id"]]
    assert eve.call("Follow", "list").data == []
    forged = {"followerId": bob.id, "followedId": eve.id, "status": "accepted"}
    assert eve.call("Follow", "create", forged).refused
    assert alice.call("Follow", "update", {"id": made["id"], "status": "pending"}).refused
    assert alice.call("Follow", "delete", {"id": made["id"]}).refused
    assert client.guest().mutate("followUser", userId=bob.id).refused


def test_following_needs_two_members(client, member):
    alice = member("alice")
    assert "themselves" in alice.mutate("followUser", userId=alice.id).said
    assert "no such member" in alice.mutate("followUser", userId="nobody").said
    assert "profile" in client.user("nobody").mutate("followUser", userId=alice.id).said


def test_who_leaves_follows_nobody_and_is_followed_by_nobody(client, member):
    alice, bob, carol = member("alice"), member("bob"), member("carol")
    dan = member("dan", approvesFollowers=True)
    for one, other in ((alice, bob), (bob, alice), (carol, alice), (alice, dan), (carol, bob)):
        one.done("followUser", userId=other.id)
    assert "not yours" in bob.mutate("deleteProfile", userId=alice.id).said
    assert client.guest().mutate("deleteProfile", userId=alice.id).refused
    assert alice.call("User", "delete", {"userId": alice.id}).refused
    for _ in range(2):
        assert alice.done("deleteProfile", userId=alice.id) is True
    assert profile(alice) is None
    assert alice.call("Follow", "list", limit=1000).data == []
    assert [row["followerId"] for row in bob.call("Follow", "list").data] == [carol.id]
    assert (counts(bob), counts(carol), counts(dan)) == ((1, 0), (0, 1), (0, 0))
    assert "no such member" in bob.mutate("followUser", userId=alice.id).said
    again = {"username": alice.username, "displayName": "Alice"}
    assert alice.done("createProfile", **again)["followersCount"] is None


def test_more_follows_than_one_transaction_takes_go_together(client, member):
    alice = member("alice")
    role, made = client.role(), []
    for number in range(90):
        other = f"{alice.id}-fan-{number}"
        role.create(
            "User", userId=other, username=f"fan{number}", displayName="Fan", followingCount=1
        )
        status = "pending" if number % 9 == 0 else "accepted"
        follow = {"followerId": other, "followedId": alice.id, "status": status}
        made.append(role.create("Follow", id=f"{other}:{alice.id}", **follow))
    assert alice.done("deleteProfile", userId=alice.id) is True
    assert alice.call("Follow", "list", limit=1000).data == []
    left = [alice.call("User", "get", {"userId": row["followerId"]}).data for row in made]
    assert sum(found["followingCount"] for found in left) == 10


def test_a_post_is_by_whom_it_says(client, member):
    alice, bob = member("alice"), member("bob")
    post = posted(alice)
    assert post["authorId"] == alice.id
    assert bob.call("Post", "create", {"content": "x", "authorId": alice.id}).refused
    for change in ({"authorId": bob.id}, {"likesCount": 9}, {"commentsCount": 9}):
        assert alice.call("Post", "update", {"id": post["id"], **change}).refused
    later = {"createdAt": "2100-01-01T00:00:00.000Z"}
    assert alice.call("Post", "create", {"content": "x", **later}).refused
    assert alice.call("Post", "update", {"id": post["id"], **later}).refused
    assert bob.call("Post", "update", {"id": post["id"], "content": "y"}).refused
    assert alice.call("Post", "update", {"id": post["id"], "content": "y"}).data["content"] == "y"
    assert client.guest().call("Post", "get", {"id": post["id"]}).refused
    assert alice.call("Post", "delete", {"id": post["id"]}).errors == []


def shared(member, readers="followers"):
    return member.done("sharePrivately", content=" Psst ", readers=readers)


def test_a_private_post_is_for_those_who_follow(client, member):
    alice, bob, eve = member("alice", approvesFollowers=True), member("bob"), member("eve")
    for other in (bob, eve):
        other.done("followUser", userId=alice.id)
    alice.done("acceptFollow", **following(bob, alice))
    post, own = shared(alice), shared(alice, "only_me")
    assert (post["authorId"], post["content"]) == (alice.id, "Psst")
    assert (post["audience"], own["audience"]) == ([bob.id], [])
    key = {"id": post["id"]}
    assert bob.call("PrivatePost", "get", key).data["content"] == "Psst"
    assert [row["id"] for row in bob.call("PrivatePost", "list").data] == [post["id"]]
    # Who has only asked to follow does not.
    for who in (eve, client.guest()):
        assert who.call("PrivatePost", "get", key).refused
    for who in (bob, eve):
        assert who.call("PrivatePost", "get", {"id": own["id"]}).refused
        assert who.call("PrivatePost", "update", {**key, "content": "x"}).refused
        assert who.call("PrivatePost", "delete", key).refused
    assert alice.call("PrivatePost", "get", {"id": own["id"]}).data["content"] == "Psst"
    assert alice.call("PrivatePost", "delete", key).errors == []


def test_private_posts_cannot_be_forged(client, member):
    alice, bob = member("alice"), member("bob")
    post = shared(alice)
    for author in (alice, bob):
        forged = {"content": "x", "authorId": author.id, "audience": [bob.id]}
        assert alice.call("PrivatePost", "create", forged).refused
    for change in ({"authorId": bob.id}, {"audience": [bob.id]}, {"readers": "only_me"}):
        assert alice.call("PrivatePost", "update", {"id": post["id"], **change}).refused
    changed = alice.call("PrivatePost", "update", {"id": post["id"], "content": "Pst"})
    assert changed.data["content"] == "Pst"
    given = {"content": "x", "readers": "followers"}
    assert client.guest().mutate("sharePrivately", **given).refused
    assert "profile" in client.user("nobody").mutate("sharePrivately", **given).said
    assert "1 to 5000" in alice.mutate("sharePrivately", **given | {"content": " "}).said


def test_no_two_members_have_the_same_username(client, member):
    alice, bob = member("alice"), member("bob")
    taken = alice.username.upper()
    new = client.user(f"new-{alice.id}")
    assert "has that username" in new.mutate("createProfile", username=taken, displayName="N").said
    assert new.call("User", "get", {"userId": f"sub-new-{alice.id}"}).data is None
    for bad in ("ab", "a" * 31, "a b c", "añb"):
        assert "3 to 30" in new.mutate("createProfile", username=bad, displayName="N").said
    assert alice.call("User", "update", {"userId": alice.id, "username": "free"}).refused
    said = bob.mutate("changeUsername", userId=bob.id, username=taken).said
    assert "has that username" in said
    assert "not yours" in bob.mutate("changeUsername", userId=alice.id, username="x_1").said
    # One's own name may be written in other letters.
    assert alice.done("changeUsername", userId=alice.id, username=taken)["username"] == taken
    assert alice.done("changeUsername", userId=alice.id, username=f"{taken}_x")["username"]
    assert bob.done("changeUsername", userId=bob.id, username=taken)["username"] == taken
    assert bob.done("deleteProfile", userId=bob.id) is True
    assert new.done("createProfile", username=taken, displayName="New")["username"] == taken
    key = {"id": taken.lower()}
    assert alice.call("Username", "get", key).data["userId"] == f"sub-new-{alice.id}"
    for call in (("create", {"id": "free", "userId": alice.id}), ("delete", key)):
        assert alice.call("Username", *call).refused


def test_a_like_counts_once_for_each_member(member):
    alice, bob = member("alice"), member("bob")
    post = posted(alice)["id"]
    first = bob.done("likePost", postId=post)
    assert (first["userId"], first["reactionType"]) == (bob.id, "like")
    again = bob.done("reactToPost", postId=post, reactionType="love")
    assert (again["id"], again["reactionType"]) == (first["id"], "love")
    alice.done("likePost", postId=post)
    assert alice.call("Post", "get", {"id": post}).data["likesCount"] == 2
    assert notices(alice) == [("like", "Bob likes your post")]
    assert "not yours" in alice.mutate("unlikePost", likeId=first["id"]).said
    for _ in range(2):
        assert bob.done("unlikePost", likeId=first["id"]) is True
    assert alice.call("Post", "get", {"id": post}).data["likesCount"] == 1


def test_calls_at_the_same_time_count_as_often_as_they_should(client, member):
    alice, *others = (member(name) for name in ("alice", "bob", "carol", "dan"))
    liked = posted(alice)["id"]

    def call(name: str) -> dict:
        query = f"""mutation {{
            likePost(postId: "{liked}") {{ id }}
            followUser(userId: "{alice.id}") {{ id }}
        }}"""
        authorization = token(claims(name.removeprefix("sub-")))
        return backend.post(client.url, {"query": query}, authorization=authorization).json

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(call, [other.id for other in others] * 4))
    assert [answer for answer in told if "errors" in answer] == []
    assert alice.call("Post", "get", {"id": liked}).data["likesCount"] == 3
    assert counts(alice) == (3, 0)
    assert [counts(other) for other in others] == [(0, 1)] * 3


def test_likes_are_made_by_the_function_only(client, member):
    alice, bob = member("alice"), member("bob")
    post = posted(alice)["id"]
    made = bob.done("likePost", postId=post)
    assert bob.call("Like", "create", {"postId": post, "userId": alice.id}).refused
    assert bob.call("Like", "update", {"id": made["id"], "userId": alice.id}).refused
    assert bob.call("Like", "delete", {"id": made["id"]}).refused
    assert client.guest().mutate("likePost", postId=post).refused
    assert "no such post" in bob.mutate("likePost", postId="none").said


def test_the_like_of_a_deleted_post_can_be_taken_back(member):
    alice = member("alice")
    post = posted(alice)["id"]
    made = alice.done("likePost", postId=post)
    alice.call("Post", "delete", {"id": post})
    assert alice.done("unlikePost", likeId=made["id"]) is True
    assert alice.call("Post", "get", {"id": post}).data is None


def test_comments_are_counted_and_by_whom_they_say(member):
    alice, bob, eve = member("alice"), member("bob"), member("eve")
    post = posted(alice)["id"]
    first = bob.done("commentOnPost", postId=post, content=" Nice ")
    assert (first["authorId"], first["content"]) == (bob.id, "Nice")
    reply = eve.done("replyToComment", commentId=first["id"], content="Yes")
    assert (reply["postId"], reply["parentId"]) == (post, first["id"])
    assert alice.call("Post", "get", {"id": post}).data["commentsCount"] == 2
    assert alice.call("Comment", "get", {"id": first["id"]}).data["repliesCount"] == 1
    assert notices(alice) == [
        ("comment", "Bob comments on your post"),
        ("comment", "Eve comments on your post"),
    ]
    assert "not yours" in bob.mutate("removeComment", commentId=reply["id"]).said
    assert alice.done("removeComment", commentId=reply["id"]) is True
    assert bob.done("removeComment", commentId=first["id"]) is True
    assert bob.done("removeComment", commentId=first["id"]) is True
    assert alice.call("Post", "get", {"id": post}).data["commentsCount"] == 0


def test_comments_cannot_be_forged(member):
    alice, bob = member("alice"), member("bob")
    post, other = posted(alice)["id"], posted(alice)["id"]
    made = bob.done("commentOnPost", postId=post, content="Nice")["id"]
    forged = {"content": "x", "postId": post, "authorId": alice.id}
    assert bob.call("Comment", "create", forged).refused
    for change in ({"authorId": alice.id}, {"postId": other}, {"repliesCount": 9}):
        assert bob.call("Comment", "update", {"id": made, **change}).refused
    assert bob.call("Comment", "delete", {"id": made}).refused
    assert alice.call("Comment", "update", {"id": made, "content": "x"}).refused
    assert bob.call("Comment", "update", {"id": made, "content": "x"}).errors == []
    assert "1 to 2000" in bob.mutate("commentOnPost", postId=post, content=" ").said
    assert "1 to 2000" in bob.mutate("commentOnPost", postId=post, content="x" * 2001).said
    assert "no such comment" in bob.mutate("replyToComment", commentId="none", content="x").said


def test_the_feed_has_what_one_and_those_one_follows_posted(member):
    alice, bob, carol = member("alice"), member("bob"), member("carol", approvesFollowers=True)
    alice.done("followUser", userId=bob.id)
    request = alice.done("followUser", userId=carol.id)
    posts = [posted(by)["id"] for by in (bob, carol, bob, alice)]
    bob.create("Post", content="Hidden", visibility="unlisted")
    assert feed(alice) == [posts[3], posts[2], posts[0]]
    carol.done("acceptFollow", followId=request["id"])
    assert feed(alice) == [posts[3], posts[2], posts[1], posts[0]]
    bob.call("Post", "delete", {"id": posts[0]})
    alice.done("unfollow", **following(alice, carol))
    assert feed(alice) == [posts[3], posts[2]]
    assert feed(bob) == [posts[2]]


def test_pages_of_the_feed_miss_and_repeat_nothing(client, member):
    alice, bob, carol = member("alice"), member("bob"), member("carol")
    for other in (bob, carol):
        alice.done("followUser", userId=other.id)
    moments = [f"2024-01-01T00:00:0{second}.000Z" for second in (1, 2, 2, 2, 3)]
    made = [
        client.role().create("Post", content="x", authorId=by.id, createdAt=moment)
        for by in (alice, bob, carol)
        for moment in moments
    ]
    wanted = sorted(made, key=lambda post: (post["createdAt"], post["id"]), reverse=True)
    found, token = [], None
    while page := alice.query("homeFeed", limit=3, nextToken=token).data:
        found += [post["id"] for post in page]
        token = f"{page[-1]['createdAt']}/{page[-1]['id']}"
    assert found == [post["id"] for post in wanted]
    assert "no place" in alice.query("homeFeed", nextToken="x").said
    assert client.guest().query("homeFeed").refused


def feed(member):
    return [post["id"] for post in member.query("homeFeed").data]


def test_two_members_have_one_conversation(member):
    alice, bob = member("alice"), member("bob")
    made = conversation(alice, bob)
    assert conversation(bob, alice) == made
    assert conversation(alice, bob, member("carol")) != conversation(alice, bob, member("dan"))
    assert "somebody else" in alice.mutate("startConversation", userId=alice.id).said
    assert "no such member" in alice.mutate("startConversation", userId="nobody").said


def test_messages_reach_the_participants_and_nobody_else(client, member):
    alice, bob, eve = member("alice"), member("bob"), member("eve")
    talk = conversation(alice, bob)
    subscriptions = [who.subscribe("Message", "onCreate").data for who in (bob, eve)]
    sent = alice.done("sendMessage", conversationId=talk, content="Hi")
    assert (sent["senderId"], sent["participants"]) == (alice.id, sorted([alice.id, bob.id]))
    [told] = client.events(subscriptions[0], 1)
    assert told["content"] == "Hi"
    key = {"id": sent["id"]}
    assert bob.call("Message", "get", key).data["content"] == "Hi"
    assert eve.call("Message", "get", key).refused
    assert eve.call("Message", "list").data == []
    assert eve.call("Conversation", "get", {"id": talk}).refused
    assert eve.call("Conversation", "list").data == []
    listed = bob.call("Message", "listMessagesByConversation", {"conversationId": talk})
    assert [row["id"] for row in listed.data] == [sent["id"]]
    listed = eve.call("Message", "listMessagesByConversation", {"conversationId": talk})
    assert listed.data == []
    assert bob.call("Conversation", "get", {"id": talk}).data["lastMessageAt"]
    assert notices(bob) == [("message", "Alice has written to you")]
    assert client.events(subscriptions[1]) == []


def test_a_message_that_is_sent_again_is_the_same(client, member):
    alice, bob, eve = member("alice"), member("bob"), member("eve")
    talk, other = conversation(alice, bob), conversation(alice, eve)
    message = {"id": f"first-{talk}", "content": "Hi"}
    for _ in range(2):
        sent = alice.done("sendMessage", conversationId=talk, **message)
        assert (sent["id"], sent["senderId"], sent["content"]) == (message["id"], alice.id, "Hi")
    assert (
        len(bob.call("Message", "listMessagesByConversation", {"conversationId": talk}).data) == 1
    )
    # The id of somebody else's message, or of one in another conversation, is taken.
    for who, where in ((bob, talk), (alice, other), (eve, other)):
        assert who.mutate("sendMessage", conversationId=where, **message).said
    assert eve.call("Message", "list").data == []
    assert alice.call("Message", "get", {"id": message["id"]}).data["conversationId"] == talk


def test_a_conversation_is_called_like_its_members_until_it_has_a_title(member):
    alice, bob = member("alice"), member("bob")
    read = {"id": conversation(alice, bob)}
    assert alice.call("Conversation", "get", read).data["title"] in {
        "Alice and Bob",
        "Bob and Alice",
    }
    given = {"userIds": [bob.id, member("carol").id], "title": " Trip "}
    assert alice.done("startGroup", **given)["title"] == "Trip"


def test_nobody_writes_where_they_take_no_part(client, member):
    alice, bob, eve = member("alice"), member("bob"), member("eve")
    talk = conversation(alice, bob)
    said = eve.mutate("sendMessage", conversationId=talk, content="Hi").said
    assert said == eve.mutate("sendMessage", conversationId="none", content="Hi").said
    assert "no such conversation" in said
    assert client.guest().mutate("sendMessage", conversationId=talk, content="Hi").refused
    assert "1 to 5000" in alice.mutate("sendMessage", conversationId=talk, content=" ").said
    for sender in (eve.id, alice.id):
        message = {"conversationId": talk, "senderId": sender, "content": "x"}
        message["participants"] = [alice.id, bob.id, eve.id]
        assert eve.call("Message", "create", message).refused


def test_messages_and_conversations_stay_what_they_were(member):
    alice, bob, eve = member("alice"), member("bob"), member("eve")
    talk, other = conversation(alice, bob), conversation(alice, eve)
    message = {"id": alice.done("sendMessage", conversationId=talk, content="Hi")["id"]}
    for change in (
        {"senderId": bob.id},
        {"participants": [eve.id]},
        {"conversationId": other},
        {"createdAt": "2100-01-01T00:00:00.000Z"},
    ):
        assert alice.call("Message", "update", {**message, **change}).refused
    assert bob.call("Message", "update", {**message, "content": "x"}).refused
    assert alice.call("Message", "update", {**message, "content": "x"}).errors == []
    for change in ({"participants": [bob.id, eve.id]}, {"type": "group"}):
        assert bob.call("Conversation", "update", {"id": talk, **change}).refused
    assert bob.call("Conversation", "update", {"id": talk, "title": "Us"}).errors == []
    assert eve.call("Conversation", "create", {"participants": [eve.id, bob.id]}).refused
    assert bob.call("Conversation", "delete", {"id": talk}).refused


def test_notifications_are_made_by_functions_and_only_marked_as_read(member):
    alice, bob = member("alice"), member("bob")
    alice.done("followUser", userId=bob.id)
    [notice] = bob.call("Notification", "list").data
    key = {"id": notice["id"]}
    forged = {"userId": alice.id, "actorId": bob.id, "title": "You have won"}
    assert bob.call("Notification", "create", forged).refused
    assert bob.call("Notification", "update", {**key, "userId": alice.id}).refused
    assert bob.call("Notification", "update", {**key, "title": "x"}).refused
    assert alice.call("Notification", "update", {**key, "isRead": True}).refused
    assert bob.call("Notification", "update", {**key, "isRead": True}).data["isRead"] is True
    assert alice.call("Notification", "get", key).refused
    assert bob.call("Notification", "delete", key).errors == []
