// Makes an order of a cart: everything in one transaction, or nothing.
import {
  changed,
  checked,
  created,
  deleted,
  getRow,
  MOST_WRITES,
  transact,
  type Write,
} from '../shared/tables';
import type { Address } from './address';
import { commissionsOf, toPrice, toSmallest, totalsOf, type Totals } from './amounts';
import { contentsOf, type CartTables, type Contents, type Line } from './cart';
import { commissionId, itemId, type Cart, type Product, type ProductVariant } from './rows';

export interface ShopTables extends CartTables {
  COMMISSION_TABLE: string;
  ORDER_TABLE: string;
  ORDER_ITEM_TABLE: string;
  PAYMENT_TABLE: string;
  TAX_PERCENT: string;
  SHIPPING_PRICE: string;
}

/** A write, and what is said when its condition does not hold. */
interface Step {
  write: Write;
  refusal: string | (() => Promise<string>);
}

const MOST_AMOUNT = 2 ** 31 - 1;

/** Makes the order of a cart, with the same id: so a cart becomes one order at most. */
export async function placeOrder(shop: ShopTables, cart: Cart, shippingAddress: Address) {
  const contents = await contentsOf(shop, cart);
  const { lines, currency } = contents;
  const shipping = toSmallest(Number(shop.SHIPPING_PRICE), currency);
  const totals = totalsOf(lines, Number(shop.TAX_PERCENT), shipping);
  if (totals.total > MOST_AMOUNT) throw new Error('The order is too large');
  const steps = [
    ...cartSteps(shop, cart, contents),
    ...lines.flatMap((line) => stockSteps(shop, line)),
    ...productSteps(shop, lines),
    ...orderSteps(shop, { cart, contents, totals, shippingAddress }),
  ];
  if (steps.length > MOST_WRITES) throw new Error('These are too many things for one order');
  const failed = await transact(steps.map(({ write }) => write));
  if (failed === null) return;
  const refusal = steps[failed]?.refusal ?? 'The order cannot be placed';
  throw new Error(typeof refusal === 'string' ? refusal : await refusal());
}

function cartSteps(shop: ShopTables, cart: Cart, { items }: Contents): Step[] {
  const { id, owner, pieces, subtotal } = cart;
  const refusal = 'The cart has changed: look at it again';
  return [
    { write: deleted(shop.CART_TABLE, { id }, { where: { owner, pieces, subtotal } }), refusal },
    ...items.map((item) => {
      const where = { quantity: item.quantity, unitPrice: item.unitPrice };
      return { write: deleted(shop.CART_ITEM_TABLE, { id: item.id }, { where }), refusal };
    }),
  ];
}

/** Takes the pieces out of the stock, at the price that was read. */
function stockSteps(shop: ShopTables, { product, variant, quantity, name }: Line): Step[] {
  const table = variant ? shop.PRODUCT_VARIANT_TABLE : shop.PRODUCT_TABLE;
  const key = { id: (variant ?? product).id };
  const write = changed(table, key, {
    add: { inventory: -quantity },
    where: variant
      ? { price: variant.price }
      : { price: product.price, isActive: true, vendorId: product.vendorId },
    atLeast: { inventory: quantity },
  });
  const refusal = async () => {
    const now = await getRow<Product | ProductVariant>(table, key);
    const left = now?.inventory ?? 0;
    if (left < quantity) return `There are only ${left} left of ${name}`;
    return `${name} has changed: look at it again`;
  };
  return [{ write, refusal }];
}

/** Products of which only versions are bought must be for sale, too, and at the same price. */
function productSteps(shop: ShopTables, lines: Line[]): Step[] {
  const whole = new Set(lines.filter(({ variant }) => !variant).map(({ product }) => product.id));
  const others = new Map(lines.map(({ product }) => [product.id, product]));
  return [...others.values()]
    .filter(({ id }) => !whole.has(id))
    .map(({ id, name, price, vendorId }) => ({
      write: checked(shop.PRODUCT_TABLE, { id }, { where: { price, vendorId, isActive: true } }),
      refusal: `${name} has changed: look at it again`,
    }));
}

interface Placed {
  cart: Cart;
  contents: Contents;
  totals: Totals;
  shippingAddress: Address;
}

function orderSteps(shop: ShopTables, placed: Placed): Step[] {
  const { cart, contents, totals, shippingAddress } = placed;
  const { lines, currency } = contents;
  const { id, owner, customerId } = cart;
  const number = orderNumber(id);
  const isFree = totals.total === 0;
  const price = (amount: number) => toPrice(amount, currency);
  const order = {
    id,
    customerId,
    currency,
    shippingAddress,
    buyer: owner,
    orderNumber: number,
    status: isFree ? 'processing' : 'pending',
    itemCount: lines.length,
    subtotal: price(totals.subtotal),
    tax: price(totals.tax),
    shipping: price(totals.shipping),
    total: price(totals.total),
  };
  const payment = {
    id,
    customerId,
    orderId: id,
    orderNumber: number,
    payer: owner,
    amount: totals.total,
    currency: currency.toLowerCase(),
    status: isFree ? 'succeeded' : 'pending',
  };
  const items = lines.map((line, position) => ({
    id: itemId(id, position),
    name: line.name,
    buyer: owner,
    seller: line.seller,
    vendorId: line.vendorId,
    quantity: line.quantity,
    currency,
    orderId: id,
    orderNumber: number,
    productId: line.product.id,
    variantId: line.variant?.id,
    unitPrice: price(line.price),
    totalPrice: price(line.price * line.quantity),
  }));
  const sellers = new Map(lines.map(({ vendorId, seller }) => [vendorId, seller]));
  const commissions = [...commissionsOf(lines)].map(([vendorId, { amount, earnings }]) => ({
    id: commissionId(id, vendorId),
    vendorId,
    seller: sellers.get(vendorId),
    currency,
    orderId: id,
    orderNumber: number,
    amount: price(amount),
    vendorEarnings: price(earnings),
    status: 'pending',
  }));
  return [
    created(shop.ORDER_TABLE, 'Order', order),
    created(shop.PAYMENT_TABLE, 'Payment', payment),
    ...items.map((item) => created(shop.ORDER_ITEM_TABLE, 'OrderItem', item)),
    ...commissions.map((row) => created(shop.COMMISSION_TABLE, 'Commission', row)),
  ].map((write) => ({ write, refusal: 'The order is there already' }));
}

/** A number that people can read to each other: the day, and a part of the id. */
function orderNumber(id: string) {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${id.slice(0, 8).toUpperCase()}`;
}
