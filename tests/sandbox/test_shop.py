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
    'recipient: "Ann", street: "1 Main Street", postalCode: "12345", city: "Oslo", country: "NO"'
)
CHECKOUT = "orderId orderNumber amount currency paymentHandle"


@pytest.fixture(scope="module")
def provider():
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def url(sandbox, synthesized, provider, tmp_path_factory):
    outputs = tmp_path_factory.mktemp("shop") / "amplify_outputs.json"
    given = {
        "PAYMENT_URL": provider.url,
        "PAYMENT_SECRET_KEY": KEY,
        "PAYMENT_WEBHOOK_SECRET": SECRET,
        "TAX_PERCENT": "10",
        "SHIPPING_PRICE": "4.90",
        "MINUTES_TO_PAY": "0.01",
    }
    with serving(sandbox, synthesized("e_commerce"), outputs, **given) as url:
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

    def stock(self, product: str, model: str = "Product") -> int:
        return self.admin.gets(model, product, "inventory")["inventory"]

    def person(self, name: str) -> Person:
        return Person(self.url, name)

    def cart(self, person: Person, *items: dict[str, Any]) -> str:
        made = person.creates("Customer", name=person.name, email="a@example.com")
        cart = person.creates("Cart", customerId=made["id"])["id"]
        for item in items:
            person.creates("CartItem", **{"cartId": cart, "quantity": 1, **item})
        return cart

    def order(self, person: Person, product: str, quantity: int = 1) -> str:
        """Let somebody order a product; return the order's id."""
        cart = self.cart(person, {"productId": product, "quantity": quantity})
        return person.orders(cart)["orderId"]

    def states(self, order: str) -> tuple[str, str, str]:
        """Return what became of an order, its payment and its commission."""
        fields = "status payments { items { status } } commissions { items { status } }"
        told = self.admin.gets("Order", order, fields)
        [payment], [commission] = told["payments"]["items"], told["commissions"]["items"]
        return told["status"], payment["status"], commission["status"]

    def intent(self, order: str) -> str:
        return self.admin.gets("Order", order, "paymentIntentId")["paymentIntentId"]

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
    cart = shop.cart(
        alice,
        {"productId": mug, "quantity": 2},
        {"productId": plate, "variantId": large},
        {"productId": mug},
    )
    made = alice.orders(cart)
    # 3 mugs and a large plate: 67.22, with a tax of 6.72 and the shipping.
    assert (made["amount"], made["currency"]) == (7884, "USD")
    assert re.fullmatch(r"\d{8}-[0-9A-F]{8}", made["orderNumber"])
    order = alice.gets(
        "Order",
        made["orderId"],
        "buyer status subtotal tax shipping total itemCount shippingAddress paymentIntentId"
        " items { items { productId variantId quantity unitPrice totalPrice buyer } }"
        " payments { items { amount currency status payer stripePaymentIntentId } }",
    )
    assert {key: order[key] for key in ("buyer", "status", "itemCount")} == {
        "buyer": "alice",
        "status": "pending",
        "itemCount": 2,
    }
    amounts = [order[key] for key in ("subtotal", "tax", "shipping", "total")]
    assert amounts == [67.22, 6.72, 4.9, 78.84]
    assert json.loads(order["shippingAddress"])["city"] == "Oslo"
    items = sorted(order["items"]["items"], key=lambda item: item["quantity"])
    assert items == [
        {
            "productId": plate,
            "variantId": large,
            "quantity": 1,
            "unitPrice": 7.25,
            "totalPrice": 7.25,
            "buyer": "alice",
        },
        {
            "productId": mug,
            "variantId": None,
            "quantity": 3,
            "unitPrice": 19.99,
            "totalPrice": 59.97,
            "buyer": "alice",
        },
    ]
    intent = provider.intents[order["paymentIntentId"]]
    assert (intent["amount"], intent["currency"]) == (7884, "usd")
    assert intent["metadata"] == {"orderId": made["orderId"]}
    assert made["paymentHandle"] == intent["client_secret"]
    assert order["payments"]["items"] == [
        {
            "amount": 7884,
            "currency": "usd",
            "status": "pending",
            "payer": "alice",
            "stripePaymentIntentId": intent["id"],
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
    cart = shop.cart(
        alice, {"productId": mug, "variantId": blue, "quantity": 2}, {"productId": mug}
    )
    order = alice.orders(cart)["orderId"]
    assert alice.gets("Order", order, "subtotal itemCount") == {"subtotal": 10.5, "itemCount": 2}
    assert (shop.stock(mug), shop.stock(blue, "ProductVariant")) == (4, 0)
    again = shop.cart(alice, {"productId": mug, "variantId": blue})
    assert alice.is_told(again) == "There are only 0 left of Mug, blue"


def test_a_cart_is_ordered_once_however_often_it_is_asked(shop, alice, provider):
    mug = shop.product()
    cart = shop.cart(alice, {"productId": mug})
    before = len(provider.intents)
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(alice.orders, [cart] * 4))
    assert made == [made[0]] * 4
    assert alice.orders(cart) == made[0]
    assert shop.stock(mug) == 4
    assert len(provider.intents) == before + 1


def test_the_last_piece_is_sold_to_one(shop, provider):
    mug = shop.product(inventory=1)
    people = [shop.person(f"buyer{number}") for number in range(4)]
    carts = [shop.cart(person, {"productId": mug}) for person in people]
    before = len(provider.intents)
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(Person.checks_out, people, carts))
    assert sum("errors" not in answer for answer in answers) == 1
    told = {answer["errors"][0]["message"] for answer in answers if "errors" in answer}
    assert told == {"There are only 0 left of Mug"}
    assert shop.stock(mug) == 0
    assert len(provider.intents) == before + 1


def test_what_ran_out_is_named_and_nothing_is_taken(shop, alice):
    mug = shop.product()
    rare = shop.product(name="Rare cup", inventory=2)
    cart = shop.cart(alice, {"productId": mug, "quantity": 5}, {"productId": rare, "quantity": 3})
    assert alice.is_told(cart) == "There are only 2 left of Rare cup"
    assert (shop.stock(mug), shop.stock(rare)) == (5, 2)
    left = alice.gets("Cart", cart, "items { items { id } }")
    assert len(left["items"]["items"]) == 2


def test_carts_of_others_are_not_ordered(shop, alice, bob):
    mug = shop.product()
    cart = shop.cart(alice, {"productId": mug})
    assert bob.is_told(cart) == "There is no such cart"
    assert bob.is_told("nonsense") == "There is no such cart"
    hers = alice.gets("Cart", cart, "customerId")["customerId"]
    stolen = bob.creates("Cart", customerId=hers)["id"]
    bob.creates("CartItem", cartId=stolen, productId=mug, quantity=1)
    assert bob.is_told(stolen) == "The cart is of another customer"


def test_what_others_put_into_a_cart_is_not_ordered(shop, alice, bob):
    mug, junk = shop.product(), shop.product(name="Junk")
    cart = shop.cart(alice, {"productId": mug})
    bob.creates("CartItem", cartId=cart, productId=junk, quantity=5)
    order = alice.orders(cart)
    assert alice.gets("Order", order["orderId"], "subtotal")["subtotal"] == 19.99
    assert shop.stock(junk) == 5


def test_the_order_of_somebody_else_is_not_shown(shop, alice, bob):
    hers = shop.order(alice, shop.product())
    customer = bob.creates("Customer", name="Bob", email="b@example.com")["id"]
    bob.creates("Cart", id=hers, customerId=customer)
    assert bob.is_told(hers) == "There is no such cart"


def test_what_cannot_be_sold_is_refused(shop, alice):
    gone = shop.product(isActive=False)
    assert alice.is_told(shop.cart(alice)) == "The cart is empty"
    assert alice.is_told(shop.cart(alice, {"productId": gone})) == "Mug is not for sale any more"
    assert "not there any more" in alice.is_told(shop.cart(alice, {"productId": "nonsense"}))
    mug, euro = shop.product(), shop.product(currency="EUR")
    mixed = shop.cart(alice, {"productId": mug}, {"productId": euro})
    assert alice.is_told(mixed).startswith("One order cannot be in ")
    other = shop.product(name="Other")
    version = shop.admin.creates("ProductVariant", productId=other, name="big", sku="O")["id"]
    wrong = shop.cart(alice, {"productId": mug, "variantId": version})
    assert alice.is_told(wrong) == "Mug is not there any more in that version"
    many = [shop.product(name=f"Thing {number}") for number in range(40)]
    large = shop.cart(alice, *({"productId": product} for product in many))
    assert alice.is_told(large) == "These are too many things for one order"


def test_orders_are_made_by_the_checkout_only(shop, alice):
    mug = shop.product()
    order = shop.order(alice, mug)
    inputs = {
        "createOrder": 'orderNumber: "1", customerId: "1", itemCount: 1, subtotal: 0, total: 0',
        "updateOrder": f'id: "{order}", total: 0.01',
        "deleteOrder": f'id: "{order}"',
        "createOrderItem": f'orderId: "{order}", productId: "{mug}", vendorId: "x", quantity: 1,'
        " unitPrice: 0, totalPrice: 0",
        "createPayment": f'orderId: "{order}", customerId: "1", amount: 0',
        "updatePayment": f'id: "{order}", status: succeeded',
        "createCommission": f'orderId: "{order}", vendorId: "1", amount: 0, vendorEarnings: 9',
        "createPaymentEvent": 'type: "x", subject: "x"',
    }
    seller = Person(shop.url, "sam", "vendors")
    for name, values in inputs.items():
        for person in (alice, seller):
            answer = person.ask(f"mutation {{ {name}(input: {{{values}}}) {{ id }} }}")
            assert answer["errors"][0]["errorType"] == "Unauthorized", name
    assert "errors" in shop.admin.ask(
        f"mutation {{ createOrder(input: {{{inputs['createOrder']}}}) {{ id }} }}"
    )


def test_a_payment_that_could_not_begin_is_begun_when_asked_again(shop, alice, provider):
    mug = shop.product()
    cart = shop.cart(alice, {"productId": mug})
    provider.is_down = True
    assert "The payment provider answered 402" in alice.is_told(cart)
    provider.is_down = False
    made = alice.orders(cart)
    assert made["paymentHandle"]
    assert shop.stock(mug) == 4


def test_a_payment_that_succeeded_makes_the_order_go_on_once(shop, alice, provider):
    order = shop.order(alice, shop.product())
    body = provider.told("succeeded", shop.intent(order), number=1)
    assert shop.states(order) == ("pending", "pending", "pending")
    assert shop.hears(body) == 204
    assert shop.states(order) == ("processing", "succeeded", "pending")
    shop.admin.does(
        f'mutation {{ updateOrder(input: {{id: "{order}", status: shipped}}) {{ id }} }}'
    )
    assert shop.hears(body) == 204
    assert shop.hears(provider.told("succeeded", shop.intent(order))) == 204
    assert shop.states(order) == ("shipped", "succeeded", "pending")
    assert provider.refunds == []


@pytest.mark.parametrize(
    ("kind", "status"), [("payment_failed", "failed"), ("canceled", "canceled")]
)
def test_a_payment_that_failed_gives_the_stock_back_once(shop, alice, provider, kind, status):
    mug = shop.product()
    order = shop.order(alice, mug, quantity=2)
    intent = shop.intent(order)
    assert shop.stock(mug) == 3
    body = provider.told(kind, intent)
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(shop.hears, [body] * 3)) == [204] * 3
    assert shop.hears(provider.told(kind, intent)) == 204
    assert shop.states(order) == ("cancelled", status, "cancelled")
    assert shop.stock(mug) == 5


def test_a_failure_ends_the_payment_at_the_provider(shop, alice, provider):
    order = shop.order(alice, shop.product())
    intent = shop.intent(order)
    shop.hears(provider.told("payment_failed", intent))
    assert provider.intents[intent]["status"] == "canceled"


def test_what_is_paid_after_all_is_given_back_once(shop, alice, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    intent = shop.intent(order)
    shop.hears(provider.told("payment_failed", intent))
    body = provider.told("succeeded", intent)
    assert [shop.hears(body), shop.hears(body)] == [204, 204]
    assert shop.states(order) == ("cancelled", "refunded", "cancelled")
    assert provider.refunds == [intent]
    assert shop.stock(mug) == 5


def test_what_comes_late_changes_nothing(shop, alice, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    intent = shop.intent(order)
    shop.hears(provider.told("succeeded", intent))
    assert shop.hears(provider.told("payment_failed", intent)) == 204
    assert shop.states(order) == ("processing", "succeeded", "pending")
    assert shop.stock(mug) == 4


def test_an_order_is_cancelled_while_a_product_of_it_is_gone(shop, alice, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    shop.admin.does(f'mutation {{ deleteProduct(input: {{id: "{mug}"}}) {{ id }} }}')
    assert shop.hears(provider.told("canceled", shop.intent(order))) == 204
    assert shop.states(order) == ("cancelled", "canceled", "cancelled")
    assert shop.admin.does(f'{{ getProduct(id: "{mug}") {{ id }} }}') is None


def test_only_the_provider_is_heard(shop, alice, provider):
    order = shop.order(alice, shop.product())
    body = provider.told("succeeded", shop.intent(order))
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


def test_the_amount_must_be_that_of_the_order(shop, alice, provider):
    order = shop.order(alice, shop.product())
    intent = shop.intent(order)
    assert shop.hears(provider.told("succeeded", intent, amount=1)) == 422
    assert shop.hears(provider.told("succeeded", intent, currency="jpy")) == 422
    assert shop.states(order) == ("pending", "pending", "pending")


def test_what_is_told_of_others_is_none_of_the_shops_business(shop, alice, provider):
    intent = shop.intent(shop.order(alice, shop.product()))
    assert shop.hears(provider.told("created", intent)) == 204
    assert shop.hears(provider.told("succeeded", intent, metadata={})) == 204
    assert shop.hears(provider.told("succeeded", intent, metadata={"orderId": "x"})) == 404


def test_an_order_is_cancelled_by_whoever_placed_it(shop, alice, bob, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    cancel = f'mutation {{ cancelOrder(orderId: "{order}") }}'
    assert bob.ask(cancel)["errors"][0]["message"] == "There is no such order"
    assert alice.does(cancel) is True
    assert alice.does(cancel) is True
    assert shop.states(order) == ("cancelled", "canceled", "cancelled")
    assert shop.stock(mug) == 5
    assert provider.intents[shop.intent(order)]["status"] == "canceled"


def test_an_order_that_is_paid_is_not_cancelled(shop, alice, provider):
    mug = shop.product()
    order = shop.order(alice, mug)
    intent = shop.intent(order)
    provider.intents[intent]["status"] = "succeeded"
    cancel = f'mutation {{ cancelOrder(orderId: "{order}") }}'
    assert "The payment provider answered 402" in alice.ask(cancel)["errors"][0]["message"]
    shop.hears(provider.told("succeeded", intent))
    assert alice.ask(cancel)["errors"][0]["message"] == "The order is paid: ask the shop"
    assert (shop.states(order)[0], shop.stock(mug)) == ("processing", 4)


def test_an_order_that_nobody_pays_in_time_is_cancelled(shop, alice, provider):
    mug = shop.product()
    late, paid = shop.order(alice, mug), shop.order(alice, mug)
    intent = shop.intent(paid)
    provider.intents[intent]["status"] = "succeeded"
    time.sleep(0.7)
    fresh = shop.order(alice, mug)
    assert "x-amz-function-error" not in invoke(shop.url, "expire-orders").headers
    assert shop.states(late) == ("cancelled", "canceled", "cancelled")
    # What the provider does not end is paid, which the shop is about to hear.
    assert shop.states(paid) == ("pending", "pending", "pending")
    assert shop.states(fresh) == ("pending", "pending", "pending")
    assert shop.hears(provider.told("succeeded", intent)) == 204
    assert shop.states(paid) == ("processing", "succeeded", "pending")
    assert shop.stock(mug) == 3
