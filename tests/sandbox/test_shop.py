"""The shop's own flow: a cart becomes an order, and what happens to its payment."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from backend import claims, invoke, post, serving, token
from provider import KEY, SECRET, providing, signature

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("e_commerce")]

ADDRESS = (
    'address: {recipient: "Ann", street: "1 Main Street", postalCode: "12345", city: "Oslo",'
    ' country: "NO"}'
)
CHECKOUT = "orderId orderNumber amount currency paymentUrl message"


@pytest.fixture(scope="module")
def provider():
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def opened(sandbox, synthesized, provider, tmp_path_factory):
    """Serve the shop, with other costs of shipping if wanted."""

    def serve(shipping: str = "4.90"):
        outputs = tmp_path_factory.mktemp("shop") / "amplify_outputs.json"
        given = {
            "PAYMENT_URL": provider.url,
            "PAYMENT_SECRET_KEY": KEY,
            "PAYMENT_WEBHOOK_SECRET": SECRET,
            "TAX_PERCENT": "10",
            "SHIPPING_PRICE": shipping,
            "SHOP_URL": "https://shop.example.com/",
            "MINUTES_TO_PAY": "0.01",
        }
        return serving(sandbox, synthesized("e_commerce"), outputs, **given)

    return serve


@pytest.fixture(scope="module")
def url(opened):
    with opened() as url:
        yield url


class Person:
    """Somebody who uses the API."""

    def __init__(self, url: str, name: str, *groups: str) -> None:
        self.url = url
        self.name = name
        self.token = token(claims(name, *groups))

    def ask(self, query: str) -> dict[str, Any]:
        return post(self.url, {"query": query}, authorization=self.token).json

    def does(self, query: str) -> Any:
        """Ask for one thing, which must be given."""
        answer = self.ask(query)
        assert "errors" not in answer, answer
        [value] = answer["data"].values()
        return value

    def creates(self, model: str, fields: str = "id", **values: Any) -> Any:
        given = re.sub(r'"(\w+)":', r"\1:", json.dumps(values))
        return self.does(f"mutation {{ create{model}(input: {given}) {{ {fields} }} }}")

    def registers(self) -> str:
        """Register as a customer, once; return the customer's id."""
        given = f'name: "{self.name}", email: "a@example.com"'
        self.ask(f"mutation {{ registerCustomer({given}) {{ id }} }}")
        return f"sub-{self.name}"

    def asks_for_more(self, quantity: int = 1, **item: str) -> dict[str, Any]:
        """Put a product, by its id, or a version of one into the cart."""
        [(kind, key)] = item.items()
        put = {"product": "addToCart(productId", "version": "addVariantToCart(productVariantId"}
        given = f'{put[kind]}: "{key}", quantity: {quantity})'
        return self.ask(
            f"mutation {{ {given} {{ id cartId name unitPrice quantity totalPrice }} }}"
        )

    def puts(self, **item: Any) -> dict[str, Any]:
        """Put something into the cart, and return the item of the cart."""
        answer = self.asks_for_more(**item)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    def empties_cart(self) -> None:
        for item in self.does("{ listCartItems { items { id } } }")["items"]:
            self.does(f'mutation {{ changeQuantity(cartItemId: "{item["id"]}", quantity: 0) }}')

    def asks_for(self, mutation: str, order: str) -> dict[str, Any]:
        """Give a command for an order."""
        fields = {"payOrder": f"{{ {CHECKOUT} }}", "shipOrder": "{ id }", "deliverOrder": "{ id }"}
        given = f'{mutation}(orderId: "{order}") {fields.get(mutation, "")}'
        return self.ask(f"mutation {{ {given} }}")

    def is_refused(self, mutation: str, order: str) -> str:
        """Give a command for an order, which must fail, and return why."""
        return self.asks_for(mutation, order)["errors"][0]["message"]

    def gets(self, model: str, key: str, fields: str) -> Any:
        return self.does(f'{{ get{model}(id: "{key}") {{ {fields} }} }}')

    def checks_out(self, cart: str) -> dict[str, Any]:
        return self.ask(f'mutation {{ checkout(cartId: "{cart}", {ADDRESS}) {{ {CHECKOUT} }} }}')

    def orders(self, cart: str) -> Any:
        answer = self.checks_out(cart)
        assert "errors" not in answer, answer
        return answer["data"]["checkout"]

    def is_told(self, cart: str) -> str:
        """Check out, which must fail, and return why."""
        answer = self.checks_out(cart)
        assert answer["data"] is None
        return answer["errors"][0]["message"]


class Shop:
    """What the tests do in the shop."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.admin = Person(url, "dora", "admins")
        vendor = {"name": "Potter", "email": "potter@example.com"}
        self.vendor = self.admin.creates("Vendor", **vendor)["id"]

    def product(self, **fields: Any) -> str:
        values = {"name": "Mug", "sku": "M", "price": 19.99, "inventory": 5, **fields}
        return self.admin.creates("Product", **{"vendorId": self.vendor, **values})["id"]

    def changes(self, product: str, **fields: Any) -> None:
        given = re.sub(r'"(\w+)":', r"\1:", json.dumps({"id": product, **fields}))
        self.admin.does(f"mutation {{ updateProduct(input: {given}) {{ id }} }}")

    def stock(self, product: str, model: str = "Product") -> int:
        return self.admin.gets(model, product, "inventory")["inventory"]

    def person(self, name: str) -> Person:
        return Person(self.url, name)

    def cart(self, person: Person, *items: dict[str, Any]) -> str:
        """Let somebody have these things in the cart, and nothing else; return its id."""
        person.registers()
        person.empties_cart()
        return [person.puts(**item) for item in items][-1]["cartId"]

    def order(self, person: Person, product: str, quantity: int = 1) -> str:
        """Let somebody order a product; return the order's id."""
        cart = self.cart(person, {"product": product, "quantity": quantity})
        return person.orders(cart)["orderId"]

    def states(self, order: str) -> tuple[str, str, str]:
        """Return what became of an order, its payment and its commission."""
        fields = "status payments { items { status } } commissions { items { status } }"
        told = self.admin.gets("Order", order, fields)
        [payment], [commission] = told["payments"]["items"], told["commissions"]["items"]
        return told["status"], payment["status"], commission["status"]

    def hears(self, body: bytes, header: str | None = None) -> int:
        """Tell the webhook something; return its status."""
        address = self.url.removesuffix("/graphql") + "/functions/payment-webhook"
        headers = {
            "content-type": "application/json",
            "stripe-signature": signature(body) if header is None else header,
        }
        return post(address, body, **headers).status


@pytest.fixture(scope="module")
def shop(url):
    return Shop(url)


@pytest.fixture
def alice(shop):
    return shop.person("alice")


@pytest.fixture
def bob(shop):
    return shop.person("bob")


def test_a_cart_becomes_an_order_at_the_shops_prices(shop, alice, provider):
    mug = shop.product()
    plate = shop.product(name="Plate", price=5.5)
    large = shop.admin.creates(
        "ProductVariant", productId=plate, name="large", sku="P-L", price=7.25, inventory=3
    )["id"]
    items = ({"product": mug, "quantity": 2}, {"version": large}, {"product": mug})
    cart = shop.cart(alice, *items)
    shown = {"pieces": 4, "subtotal": 67.22, "currency": "USD"}
    assert alice.gets("Cart", cart, "pieces subtotal currency") == shown
    made = alice.orders(cart)
    # 3 mugs and a large plate: 67.22, with a tax of 6.72 and the shipping.
    assert (made["amount"], made["currency"]) == (7884, "USD")
    assert re.fullmatch(r"\d{8}-[0-9A-F]{8}", made["orderNumber"])
    order = alice.gets(
        "Order",
        made["orderId"],
        "buyer status subtotal tax shipping total itemCount shippingAddress { recipient city }"
        " items { items { name productId variantId quantity unitPrice totalPrice buyer } }"
        " payments { items { amount currency status payer checkoutSessionId orderNumber } }",
    )
    assert {key: order[key] for key in ("buyer", "status", "itemCount")} == {
        "buyer": "alice",
        "status": "pending",
        "itemCount": 2,
    }
    amounts = [order[key] for key in ("subtotal", "tax", "shipping", "total")]
    assert amounts == [67.22, 6.72, 4.9, 78.84]
    assert order["shippingAddress"] == {"recipient": "Ann", "city": "Oslo"}
    items = sorted(order["items"]["items"], key=lambda item: item["quantity"])
    assert items == [
        {
            "name": "Plate, large",
            "productId": plate,
            "variantId": large,
            "quantity": 1,
            "unitPrice": 7.25,
            "totalPrice": 7.25,
            "buyer": "alice",
        },
        {
            "name": "Mug",
            "productId": mug,
            "variantId": None,
            "quantity": 3,
            "unitPrice": 19.99,
            "totalPrice": 59.97,
            "buyer": "alice",
        },
    ]
    page = provider.page(made["orderId"])
    intent = provider.intents[provider.intent(made["orderId"])]
    assert (intent["amount"], intent["currency"]) == (7884, "usd")
    assert intent["metadata"] == {"orderId": made["orderId"]}
    assert (made["paymentUrl"], made["message"]) == (page["url"], None)
    assert page["success_url"] == f"https://shop.example.com/#/order-page?id={made['orderId']}"
    assert order["payments"]["items"] == [
        {
            "amount": 7884,
            "currency": "usd",
            "status": "pending",
            "payer": "alice",
            "checkoutSessionId": page["id"],
            "orderNumber": made["orderNumber"],
        }
    ]
    told = shop.admin.gets(
        "Order", made["orderId"], "commissions { items { amount vendorEarnings status } }"
    )
    # 15 percent of each line, to the cent.
    assert told["commissions"]["items"] == [
        {"amount": 10.09, "vendorEarnings": 57.13, "status": "pending"}
    ]
    assert (shop.stock(mug), shop.stock(large, "ProductVariant"), shop.stock(plate)) == (2, 2, 5)
    assert alice.gets("Cart", cart, "id") is None
    assert made["orderId"] == cart
    assert alice.does("{ listCartItems { items { id } } }")["items"] == []


def test_a_version_without_a_price_has_that_of_its_product(shop, alice):
    mug = shop.product(price=3.5)
    version = {"productId": mug, "name": "blue", "sku": "M-B", "inventory": 2}
    blue = shop.admin.creates("ProductVariant", **version)["id"]
    cart = shop.cart(alice, {"version": blue, "quantity": 2}, {"product": mug})
    order = alice.orders(cart)["orderId"]
    assert alice.gets("Order", order, "subtotal itemCount") == {"subtotal": 10.5, "itemCount": 2}
    assert (shop.stock(mug), shop.stock(blue, "ProductVariant")) == (4, 0)
    again = alice.asks_for_more(version=blue)["errors"][0]["message"]
    assert again == "Mug, blue is sold out"


def test_a_cart_is_ordered_once_however_often_it_is_asked(shop, alice, provider):
    mug = shop.product()
    cart = shop.cart(alice, {"product": mug})
    before = len(provider.pages)
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(alice.orders, [cart] * 4))
    assert made == [made[0]] * 4
    assert alice.orders(cart) == made[0]
    assert shop.stock(mug) == 4
    assert len(provider.pages) == before + 1


def test_the_last_piece_is_sold_to_one(shop, provider):
    mug = shop.product(inventory=1)
    people = [shop.person(f"buyer{number}") for number in range(4)]
    carts = [shop.cart(person, {"product": mug}) for person in people]
    before = len(provider.pages)
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(Person.checks_out, people, carts))
    assert sum("errors" not in answer for answer in answers) == 1
    told = {answer["errors"][0]["message"] for answer in answers if "errors" in answer}
    assert told == {"There are only 0 left of Mug"}
    assert shop.stock(mug) == 0
    assert len(provider.pages) == before + 1


def test_what_ran_out_is_named_and_nothing_is_taken(shop, alice):
    mug = shop.product()
    rare = shop.product(name="Rare cup", inventory=2)
    cart = shop.cart(alice, {"product": mug, "quantity": 5}, {"product": rare, "quantity": 2})
    more = alice.asks_for_more(product=rare)["errors"][0]["message"]
    assert more == "There are only 2 left of Rare cup"
    # Others are faster at the checkout.
    shop.changes(rare, inventory=1)
    assert alice.is_told(cart) == "There are only 1 left of Rare cup"
    assert (shop.stock(mug), shop.stock(rare)) == (5, 1)
    left = alice.gets("Cart", cart, "items { items { id } }")
    assert len(left["items"]["items"]) == 2


def test_carts_of_others_are_not_ordered(shop, alice, bob):
    mug = shop.product()
    cart = shop.cart(alice, {"product": mug})
    assert bob.is_told(cart) == "There is no such cart"
    assert bob.is_told("nonsense") == "There is no such cart"


def test_carts_are_filled_by_functions_only(shop, alice, bob):
    mug = shop.product()
    cart = shop.cart(alice, {"product": mug})
    item = f"{cart}-{mug}"
    inputs = {
        "createCart": f'customerId: "{alice.registers()}"',
        "updateCart": f'id: "{cart}", subtotal: 0',
        "deleteCart": f'id: "{cart}"',
        "createCartItem": f'cartId: "{cart}", productId: "{mug}", quantity: 1',
        "updateCartItem": f'id: "{item}", unitPrice: 0',
        "deleteCartItem": f'id: "{item}"',
    }
    for name, values in inputs.items():
        for person in (alice, bob, shop.admin):
            assert "errors" in person.ask(f"mutation {{ {name}(input: {{{values}}}) {{ id }} }}")
    for model, key in (("Cart", cart), ("CartItem", item)):
        for person in (bob, shop.admin):
            answer = person.ask(f'{{ get{model}(id: "{key}") {{ id }} }}')
            assert answer["data"][f"get{model}"] is None
    assert alice.gets("Cart", cart, "subtotal") == {"subtotal": 19.99}


def test_what_is_put_into_a_cart_at_once_is_all_there(shop):
    gina = shop.person("gina")
    gina.registers()
    cup, mug = shop.product(name="Cup", price=0.1), shop.product(price=0.2)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda key: gina.asks_for_more(product=key), [cup, mug] * 2))
    put = [answer for answer in answers if "errors" not in answer]
    [cart] = gina.does(
        "{ listCarts { items { pieces subtotal items { items { totalPrice } } } } }"
    )["items"]
    assert cart["pieces"] == len(put)
    worth = sum(round(item["totalPrice"] * 10) for item in cart["items"]["items"])
    assert cart["subtotal"] == worth / 10


def test_the_order_of_somebody_else_is_not_shown(shop, alice, bob):
    hers = shop.order(alice, shop.product())
    assert bob.is_told(hers) == "There is no such cart"


def test_what_cannot_be_sold_is_refused(shop, alice):
    mug, euro = shop.product(inventory=2000), shop.product(currency="EUR")
    cart = shop.cart(alice, {"product": mug})
    told = alice.asks_for_more(product=euro)["errors"][0]["message"]
    assert told == "Your cart is in USD: order what is in it first"
    told = alice.asks_for_more(product=mug, quantity=1000)["errors"][0]["message"]
    assert told == "A cart takes up to 1000 of one thing"
    shop.changes(mug, isActive=False)
    assert alice.is_told(cart) == "Mug is not for sale any more"
    for item in ({"product": mug}, {"product": "nonsense"}, {"version": "nonsense"}):
        answer = alice.asks_for_more(**item)
        assert answer["errors"][0]["message"] == "It is not for sale any more"
    gone = shop.product(name="Bowl")
    cart = shop.cart(alice, {"product": gone})
    shop.admin.does(f'mutation {{ deleteProduct(input: {{id: "{gone}"}}) {{ id }} }}')
    assert alice.is_told(cart) == "Bowl is not there any more"
    many = [shop.product(name=f"Thing {number}") for number in range(40)]
    large = shop.cart(alice, *({"product": product} for product in many))
    assert alice.is_told(large) == "These are too many things for one order"


def test_orders_are_written_by_functions_only(shop, alice):
    mug = shop.product()
    order = shop.order(alice, mug)
    key = f'orderId: "{order}", orderNumber: "1"'
    inputs = {
        "createOrder": 'orderNumber: "1", customerId: "1", itemCount: 1, subtotal: 0, total: 0',
        "updateOrder": f'id: "{order}", status: cancelled',
        "deleteOrder": f'id: "{order}"',
        "createOrderItem": f'{key}, name: "x", productId: "{mug}", vendorId: "x", quantity: 1,'
        " unitPrice: 0, totalPrice: 0",
        "createPayment": f'{key}, customerId: "1", amount: 0',
        "updatePayment": f'id: "{order}", status: succeeded',
        "createCommission": f'{key}, vendorId: "1", amount: 0, vendorEarnings: 9',
        "updateCommission": f'id: "{order}-{shop.vendor}", status: paid',
        "createPaymentEvent": 'type: "x", subject: "x"',
    }
    seller = Person(shop.url, "sam", "vendors")
    for name, values in inputs.items():
        for person in (alice, seller, shop.admin):
            answer = person.ask(f"mutation {{ {name}(input: {{{values}}}) {{ id }} }}")
            assert "errors" in answer, name
    assert shop.states(order) == ("pending", "pending", "pending")


def test_a_payment_that_could_not_begin_is_begun_when_asked_again(shop, alice, bob, provider):
    mug = shop.product()
    cart = shop.cart(alice, {"product": mug})
    provider.is_down = True
    try:
        made = alice.orders(cart)
        told = alice.is_refused("payOrder", made["orderId"])
    finally:
        provider.is_down = False
    assert made["paymentUrl"] is None
    assert made["message"].startswith(f"Order {made['orderNumber']} is placed. It cannot be paid")
    assert told.endswith("try again in a few minutes")
    assert shop.states(cart) == ("pending", "pending", "pending")
    paying = alice.asks_for("payOrder", cart)["data"]["payOrder"]
    assert paying["paymentUrl"] == provider.page(cart)["url"]
    assert alice.asks_for("payOrder", cart)["data"]["payOrder"] == paying
    assert alice.orders(cart) == paying
    assert shop.stock(mug) == 4
    assert bob.is_refused("payOrder", cart) == "There is no such order"
    assert shop.hears(provider.pays(cart)) == 204
    assert alice.is_refused("payOrder", cart) == "The order is paid already"


def test_who_has_just_paid_is_told_to_wait(shop, alice, provider):
    order = shop.order(alice, shop.product())
    provider.page(order).update(status="complete", url=None)
    paying = alice.asks_for("payOrder", order)["data"]["payOrder"]
    assert paying["paymentUrl"] is None
    assert paying["message"] == "The order goes on as soon as the payment is confirmed."
    provider.page(order).update(status="expired")
    assert "is over" in alice.asks_for("payOrder", order)["data"]["payOrder"]["message"]


# How an order comes into each status, what its stock of 5 is then, and how it is paid.
REACHED = {
    "pending": (("pending", "pending", "pending"), 4),
    "processing": (("processing", "succeeded", "pending"), 4),
    "shipped": (("shipped", "succeeded", "pending"), 4),
    "delivered": (("delivered", "succeeded", "pending"), 4),
    "cancelled": (("cancelled", "canceled", "cancelled"), 5),
    "refunded": (("cancelled", "refunded", "cancelled"), 5),
}
# What becomes of it when the provider tells something; it stays as it is where nothing is said.
BECOMES = {
    ("pending", "paid"): "processing",
    ("pending", "expired"): "cancelled",
    ("pending", "failed"): "cancelled",
    ("cancelled", "paid"): "refunded",
}


def reach(shop, person, provider, status):
    """Make an order of that status; return it, and what was told of its payment."""
    mug = shop.product()
    order = shop.order(person, mug)
    told = b""
    if status == "cancelled":
        assert person.asks_for("cancelOrder", order)["data"]["cancelOrder"] is True
    elif status != "pending":
        told = provider.pays(order)
        assert shop.hears(told) == 204
    if status in {"shipped", "delivered"}:
        assert "errors" not in shop.admin.asks_for("shipOrder", order)
    if status == "delivered":
        assert "errors" not in shop.admin.asks_for("deliverOrder", order)
    if status == "refunded":
        assert shop.admin.asks_for("refundOrder", order)["data"]["refundOrder"] is True
    assert (shop.states(order), shop.stock(mug)) == REACHED[status]
    return mug, order, told


@pytest.mark.parametrize("event", ["paid", "paid twice", "expired", "failed", "created"])
@pytest.mark.parametrize("status", REACHED)
def test_no_event_loses_money(shop, alice, provider, status, event):
    mug, order, told = reach(shop, alice, provider, status)
    page, intent = provider.page(order), provider.intents[provider.intent(order)]
    refunds = list(provider.refunds)
    body = {
        "paid": provider.told("payment_intent.succeeded", intent),
        "paid twice": provider.told("payment_intent.succeeded", intent, id=f"{intent['id']}_2"),
        "expired": provider.told("checkout.session.expired", page),
        "failed": provider.told("checkout.session.async_payment_failed", page),
        "created": provider.told("payment_intent.created", intent),
    }[event]
    with ThreadPoolExecutor() as pool:
        assert set(pool.map(shop.hears, [body] * 3)) <= {204, 500}
    assert shop.hears(body) == 204
    if told:
        assert shop.hears(told) == 204
    # What is paid besides the payment that is known goes back.
    is_second = event == "paid twice" and status not in {"pending", "cancelled"}
    kind = "paid" if event == "paid twice" and not is_second else event
    becomes = BECOMES.get((status, kind), status)
    assert (shop.states(order), shop.stock(mug)) == REACHED[becomes]
    given_back = json.loads(body)["data"]["object"]["id"]
    is_given_back = is_second or (status, kind) == ("cancelled", "paid")
    assert provider.refunds == refunds + [given_back] * is_given_back


def test_what_cannot_be_given_back_now_is_told_again(shop, alice, provider):
    _, order, _ = reach(shop, alice, provider, "cancelled")
    body = provider.pays(order)
    provider.is_down = True
    try:
        assert [shop.hears(body), shop.hears(body)] == [500, 500]
        assert shop.states(order) == ("cancelled", "refunding", "cancelled")
    finally:
        provider.is_down = False
    assert [shop.hears(body), shop.hears(body)] == [204, 204]
    assert shop.states(order) == ("cancelled", "refunded", "cancelled")
    assert provider.refunds.count(provider.intent(order)) == 1


def test_an_order_is_cancelled_while_a_product_of_it_is_gone(shop, alice, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    shop.admin.does(f'mutation {{ deleteProduct(input: {{id: "{mug}"}}) {{ id }} }}')
    told = provider.told("checkout.session.expired", provider.page(order))
    assert shop.hears(told) == 204
    assert shop.states(order) == ("cancelled", "canceled", "cancelled")
    assert shop.admin.does(f'{{ getProduct(id: "{mug}") {{ id }} }}') is None


def test_only_the_provider_is_heard(shop, alice, provider):
    order = shop.order(alice, shop.product())
    body = provider.pays(order)
    for header in (
        "",
        "nonsense",
        signature(body, "another secret"),
        signature(body, age=301),
        signature(body, age=-301),
        signature(body + b" "),
    ):
        assert shop.hears(body, header) == 400
    assert shop.states(order) == ("pending", "pending", "pending")
    two = signature(body, "another secret") + "," + signature(body).split(",")[1]
    assert shop.hears(body, two) == 204
    assert shop.states(order) == ("processing", "succeeded", "pending")


def test_what_cannot_be_handled_is_told_again(shop, alice, provider):
    order = shop.order(alice, shop.product())
    intent = provider.intents[provider.intent(order)]
    kind = "payment_intent.succeeded"
    assert shop.hears(provider.told(kind, intent, amount=1)) == 500
    assert shop.hears(provider.told(kind, intent, currency="jpy")) == 500
    assert shop.hears(provider.told(kind, intent, metadata={"orderId": "x"})) == 500
    assert shop.hears(b"nonsense") == 500
    # Of payments that others take with the same account.
    assert shop.hears(provider.told(kind, intent, metadata={})) == 204
    assert shop.states(order) == ("pending", "pending", "pending")


def test_an_order_is_cancelled_by_whoever_placed_it(shop, alice, bob, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    for person in (bob, shop.admin):
        assert person.is_refused("cancelOrder", order) == "There is no such order"
    for _ in range(2):
        assert alice.asks_for("cancelOrder", order)["data"]["cancelOrder"] is True
    assert shop.states(order) == ("cancelled", "canceled", "cancelled")
    assert shop.stock(mug) == 5
    assert provider.page(order)["status"] == "expired"
    assert alice.is_refused("payOrder", order) == "The order is cancelled"


def test_an_order_that_is_paid_is_not_cancelled(shop, alice, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    body = provider.pays(order)
    # The provider knows of it before the shop.
    assert alice.is_refused("cancelOrder", order) == "The order has changed: look at it again"
    shop.hears(body)
    assert alice.is_refused("cancelOrder", order).startswith("The order is paid")
    assert (shop.states(order)[0], shop.stock(mug)) == ("processing", 4)


def test_the_shop_takes_orders_a_step_at_a_time(shop, alice, provider):
    _, order, _ = reach(shop, alice, provider, "pending")
    seller = Person(shop.url, "sam", "vendors")
    for person in (alice, seller):
        for name in ("shipOrder", "deliverOrder", "refundOrder"):
            answer = person.asks_for(name, order)
            assert answer["errors"][0]["errorType"] == "Unauthorized"
    assert shop.admin.is_refused("shipOrder", order) == "The order is pending"
    assert shop.admin.is_refused("deliverOrder", order) == "The order is pending"
    shop.hears(provider.pays(order))
    assert shop.admin.is_refused("deliverOrder", order) == "The order is processing"
    ship = f'mutation {{ shipOrder(orderId: "{order}", trackingNumber: "T1") {{ status }} }}'
    assert shop.admin.does(ship) == {"status": "shipped"}
    assert shop.admin.does(ship) == {"status": "shipped"}
    assert shop.admin.is_refused("refundOrder", order) == "The order is on its way already"
    assert alice.gets("Order", order, "trackingNumber") == {"trackingNumber": "T1"}
    pay = f'mutation {{ payCommission(commissionId: "{order}-{shop.vendor}") {{ status }} }}'
    assert shop.admin.ask(pay)["errors"][0]["message"] == "The order is not delivered yet"
    assert "errors" not in shop.admin.asks_for("deliverOrder", order)
    assert shop.admin.does(pay) == {"status": "paid"}
    assert shop.states(order) == ("delivered", "succeeded", "paid")


def test_a_refund_that_failed_is_made_later(shop, alice, provider):
    mug, order, _ = reach(shop, alice, provider, "processing")
    _, other, _ = reach(shop, alice, provider, "processing")
    provider.is_down = True
    try:
        for one in (order, other):
            assert "try again" in shop.admin.is_refused("refundOrder", one)
    finally:
        provider.is_down = False
    assert shop.states(order) == ("cancelled", "refunding", "cancelled")
    assert shop.stock(mug) == 5
    assert shop.admin.asks_for("refundOrder", order)["data"]["refundOrder"] is True
    assert shop.states(order) == ("cancelled", "refunded", "cancelled")
    assert "x-amz-function-error" not in invoke(shop.url, "expire-orders").headers
    assert shop.states(other) == ("cancelled", "refunded", "cancelled")
    for one in (order, other):
        assert provider.refunds.count(provider.intent(one)) == 1
    assert shop.stock(mug) == 5


def test_an_order_that_nobody_pays_in_time_is_cancelled(shop, alice, provider):
    mug = shop.product()
    late, paid = shop.order(alice, mug), shop.order(alice, mug)
    body = provider.pays(paid)
    time.sleep(0.7)
    fresh = shop.order(alice, mug)
    assert "x-amz-function-error" not in invoke(shop.url, "expire-orders").headers
    assert shop.states(late) == ("cancelled", "canceled", "cancelled")
    # What the provider does not end is paid, which the shop is about to hear.
    assert shop.states(paid) == ("pending", "pending", "pending")
    assert shop.states(fresh) == ("pending", "pending", "pending")
    assert shop.hears(body) == 204
    assert shop.states(paid) == ("processing", "succeeded", "pending")
    assert shop.stock(mug) == 3


def test_vendors_sell_and_see_what_is_theirs(shop, alice, provider):
    sam, tom = (Person(shop.url, name, "vendors") for name in ("sam", "tom"))
    given = 'name: "Bowl", sku: "B", price: 10, inventory: 3'
    add = f"mutation {{ addProduct({given}) {{ id seller vendorId }} }}"
    assert sam.ask(add)["errors"][0]["message"] == "Register as a vendor first"
    assert alice.ask(add)["errors"][0]["errorType"] == "Unauthorized"
    register = 'mutation { registerVendor(name: "Sam", email: "s@example.com") { id account } }'
    vendor = sam.does(register)
    assert vendor == {"id": "sub-sam", "account": "sam"}
    assert "registered already" in sam.ask(register)["errors"][0]["message"]
    bowl = sam.does(add)
    assert (bowl["seller"], bowl["vendorId"]) == (vendor["account"], vendor["id"])
    for changes in ('vendorId: "x"', 'seller: "sub-tom::tom"'):
        given = f'input: {{id: "{bowl["id"]}", {changes}}}'
        assert "errors" in sam.ask(f"mutation {{ updateProduct({given}) {{ id }} }}")
    given = f'input: {{id: "{bowl["id"]}", price: 12}}'
    assert sam.does(f"mutation {{ updateProduct({given}) {{ price }} }}") == {"price": 12}
    given = f'productId: "{bowl["id"]}", name: "big", sku: "B-1"'
    variant = f"mutation {{ addVariant({given}) {{ seller }} }}"
    assert sam.does(variant) == {"seller": vendor["account"]}
    assert tom.ask(variant)["errors"][0]["message"] == "You sell no such product"
    order = shop.order(alice, bowl["id"])
    for person, names in ((sam, ["Bowl"]), (tom, [])):
        items = person.does("{ listOrderItems { items { name orderId } } }")["items"]
        assert [item["name"] for item in items if item["orderId"] == order] == names
        found = person.does("{ listCommissions { items { orderId amount } } }")["items"]
        assert [row["amount"] for row in found if row["orderId"] == order] == [1.8 for _ in names]
        assert person.does("{ listOrders { items { id } } }")["items"] == []
        assert person.ask(f'{{ getOrder(id: "{order}") {{ id }} }}')["data"]["getOrder"] is None


def test_of_vendors_people_read_who_they_are(shop, alice):
    sally = Person(shop.url, "sally", "vendors")
    given = 'name: "Sally", email: "s@example.com"'
    sally.does(f"mutation {{ registerVendor({given}) {{ id }} }}")
    asked = '{ getVendor(id: "sub-sally") { name email commissionRate payoutAccount } }'
    told = {"name": "Sally", "email": "s@example.com", "commissionRate": 0.15}
    for person in (sally, shop.admin):
        assert person.ask(asked)["data"]["getVendor"] == {**told, "payoutAccount": None}
    hidden = {"name": "Sally", "email": None, "commissionRate": None, "payoutAccount": None}
    assert alice.ask(asked)["data"]["getVendor"] == hidden
    change = 'mutation { updateVendor(input: {id: "sub-sally", commissionRate: 0}) { id } }'
    assert sally.ask(change)["errors"][0]["errorType"] == "Unauthorized"


@pytest.mark.parametrize("given", ["price: -1", 'sku: " "', 'currency: "usd"', "inventory: -1"])
def test_a_product_must_be_one_that_can_be_sold(shop, given):
    vera = Person(shop.url, "vera", "vendors")
    vera.ask('mutation { registerVendor(name: "Vera", email: "v@example.com") { id } }')
    values = {"name": '"Bowl"', "sku": '"B"', "price": "10"}
    name, value = given.split(": ")
    asked = ", ".join(f"{key}: {text}" for key, text in {**values, name: value}.items())
    assert "errors" in vera.ask(f"mutation {{ addProduct({asked}) {{ id }} }}")


def test_products_come_into_the_cart(shop, bob):
    carl = shop.person("carl")
    mug = shop.product(inventory=9)
    blue = {"productId": mug, "name": "blue", "sku": "M-B", "inventory": 2, "price": 25}
    version = shop.admin.creates("ProductVariant", **blue)["id"]
    fields = "cartId name unitPrice quantity"
    add = f'mutation {{ addToCart(productId: "{mug}", quantity: 2) {{ {fields} }} }}'
    assert "My details" in carl.ask(add)["errors"][0]["message"]
    carl.registers()
    item = carl.does(add)
    assert (item["name"], item["unitPrice"], item["quantity"]) == ("Mug", 19.99, 2)
    assert carl.does(add) == {**item, "quantity": 4}
    given = f'productVariantId: "{version}", quantity: 1'
    more = f"mutation {{ addVariantToCart({given}) {{ {fields} }} }}"
    assert carl.does(more) == {**item, "name": "Mug, blue", "unitPrice": 25, "quantity": 1}
    seen = bob.ask(f'{{ getCart(id: "{item["cartId"]}") {{ id }} }}')
    assert seen["data"]["getCart"] is None
    shop.changes(mug, price=30)
    assert carl.is_told(item["cartId"]) == "Mug costs 30 now: put it into the cart again"
    carl.does(add)
    order = carl.orders(item["cartId"])
    assert carl.gets("Order", order["orderId"], "subtotal") == {"subtotal": 205}
    assert carl.does(add)["cartId"] != item["cartId"]


def test_how_much_is_in_the_cart_is_changed_by_whose_it_is(shop, alice, bob):
    cart = shop.cart(alice, {"product": shop.product(), "quantity": 2})
    items = alice.gets("Cart", cart, "items { items { id } }")["items"]["items"]
    change = f'mutation {{ changeQuantity(cartItemId: "{items[0]["id"]}", quantity: %s) }}'
    assert bob.ask(change % 1)["errors"][0]["message"] == "It is not in your cart any more"
    for quantity in (-1, 1001):
        assert "from 0 to 1000" in alice.ask(change % quantity)["errors"][0]["message"]
    assert alice.does(change % 4) is True
    assert alice.gets("CartItem", items[0]["id"], "quantity") == {"quantity": 4}
    assert alice.gets("Cart", cart, "pieces subtotal") == {"pieces": 4, "subtotal": 79.96}
    assert alice.does(change % 0) is True
    assert alice.is_told(cart) == "The cart is empty"
    assert alice.gets("Cart", cart, "pieces subtotal") == {"pieces": 0, "subtotal": 0}


def test_somebody_is_a_customer_once(shop):
    dave = shop.person("dave")
    given = f'name: "Dave", email: "d@example.com", {ADDRESS}'
    register = f"mutation {{ registerCustomer({given}) {{ id address {{ city }} }} }}"
    assert dave.does(register) == {"id": "sub-dave", "address": {"city": "Oslo"}}
    assert "registered already" in dave.ask(register)["errors"][0]["message"]
    assert dave.gets("Customer", "sub-dave", "name") == {"name": "Dave"}


def test_an_order_is_sent_to_where_its_customer_is(shop, bob):
    mug = shop.product()
    erin = shop.person("erin")
    checkout = "mutation {{ checkout(cartId: {}{}) {{ orderId }} }}"
    lost = json.dumps(shop.cart(bob, {"product": mug}))
    told = bob.ask(checkout.format(lost, ""))["errors"][0]["message"]
    assert told == "Say where to send it: here, or under “My details”"
    given = f'name: "Erin", email: "e@example.com", {ADDRESS}'
    erin.does(f"mutation {{ registerCustomer({given}) {{ id }} }}")
    own = json.dumps(shop.cart(erin, {"product": mug}))
    blank = ADDRESS.replace("12345", " ")
    told = erin.ask(checkout.format(own, f", {blank}"))["errors"][0]["message"]
    assert told == "The address has no postcode"
    order = erin.does(checkout.format(own, ""))["orderId"]
    sent = erin.gets("Order", order, "shippingAddress { recipient }")["shippingAddress"]
    assert sent == {"recipient": "Ann"}


def test_what_costs_nothing_needs_no_payment(opened, provider):
    before = len(provider.pages)
    with opened(shipping="0") as url:
        shop = Shop(url)
        ivan = shop.person("ivan")
        flyer = shop.product(name="Flyer", price=0)
        made = ivan.orders(shop.cart(ivan, {"product": flyer}))
        assert (made["amount"], made["paymentUrl"], made["message"]) == (0, None, None)
        assert shop.states(made["orderId"]) == ("processing", "succeeded", "pending")
        assert shop.stock(flyer) == 4
        told = shop.admin.asks_for("refundOrder", made["orderId"])
        assert told["data"]["refundOrder"] is True
        assert shop.states(made["orderId"])[0] == "cancelled"
        assert shop.stock(flyer) == 5
    assert len(provider.pages) == before
