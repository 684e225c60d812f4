import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/adding';
import { ownerOf, subOf, type Call } from '../shared/caller';
import { changed, created, deleted, getRow, transact } from '../shared/tables';
import { toPrice, toSmallest } from '../shop/amounts';
import type { Cart, CartItem, Customer, Product, ProductVariant } from '../shop/rows';

type Event = Call<'addToCart' | 'addVariantToCart'>;
type Change = Call<'changeQuantity'>;
type Thing = Pick<CartItem, 'productId' | 'variantId' | 'name'>;
type Priced = Omit<CartItem, 'owner' | 'cartId' | 'totalPrice'>;

const MOST_PIECES = 1000;
const ATTEMPTS = 5;

/** The cart that somebody fills at the moment; a new one, when the last one was ordered. */
async function cartOf(event: Event): Promise<Cart> {
  const id = subOf(event);
  const customer = await getRow<Customer>(env.CUSTOMER_TABLE, { id });
  if (!customer) throw new Error('Enter your name and address under “My details” first');
  const { cartId } = customer;
  const known = cartId ? await getRow<Cart>(env.CART_TABLE, { id: cartId }) : undefined;
  if (known) return known;
  const cart = {
    id: randomUUID(),
    owner: ownerOf(event),
    customerId: id,
    name: 'My cart',
    pieces: 0,
    subtotal: 0,
  };
  const failed = await transact([
    created(env.CART_TABLE, 'Cart', cart),
    changed(env.CUSTOMER_TABLE, { id }, { set: { cartId: cart.id }, where: { cartId } }),
  ]);
  // Somebody has begun one in this moment, in another window.
  return failed === null ? cart : cartOf(event);
}

/** Refuses more of something than there is; the checkout looks again. */
async function checkStock({ productId, variantId, name }: Thing, quantity: number) {
  const of = variantId
    ? await getRow<ProductVariant>(env.PRODUCT_VARIANT_TABLE, { id: variantId })
    : await getRow<Product>(env.PRODUCT_TABLE, { id: productId });
  const left = of?.inventory ?? 0;
  if (left < 1) throw new Error(`${name} is sold out`);
  if (left < quantity) throw new Error(`There are only ${left} left of ${name}`);
}

/** What somebody wants to have in the cart. */
async function wanted(event: Event) {
  const { fieldName } = event;
  const variant =
    fieldName === 'addVariantToCart'
      ? await getRow<ProductVariant>(env.PRODUCT_VARIANT_TABLE, {
          id: event.arguments.productVariantId,
        })
      : undefined;
  const id = fieldName === 'addToCart' ? event.arguments.productId : variant?.productId;
  const product = id ? await getRow<Product>(env.PRODUCT_TABLE, { id }) : undefined;
  if (!product?.isActive) throw new Error('It is not for sale any more');
  return {
    productId: product.id,
    variantId: variant?.id,
    name: variant ? `${product.name}, ${variant.name}` : product.name,
    unitPrice: variant?.price ?? product.price,
    currency: product.currency ?? 'USD',
  };
}

/** Writes an item and what its cart costs with it: false, when others write there as well. */
async function keep(cart: Cart, before: CartItem | undefined, item: Priced) {
  const { id, name, quantity, unitPrice, currency } = item;
  if (quantity > MOST_PIECES) throw new Error(`A cart takes up to ${MOST_PIECES} of one thing`);
  if (cart.pieces && cart.currency !== currency) {
    throw new Error(`Your cart is in ${cart.currency}: order what is in it first`);
  }
  const { owner, pieces, subtotal } = cart;
  const worth = toSmallest(unitPrice, currency) * quantity;
  const others = toSmallest(subtotal, currency) - toSmallest(before?.totalPrice ?? 0, currency);
  const sum = {
    currency,
    pieces: pieces + quantity - (before?.quantity ?? 0),
    subtotal: toPrice(others + worth, currency),
  };
  const row = { name, quantity, unitPrice, totalPrice: toPrice(worth, currency) };
  const where = before && { quantity: before.quantity, unitPrice: before.unitPrice };
  const failed = await transact([
    changed(env.CART_TABLE, { id: cart.id }, { set: sum, where: { owner, pieces, subtotal } }),
    where === undefined
      ? created(env.CART_ITEM_TABLE, 'CartItem', { ...item, ...row, owner, cartId: cart.id })
      : quantity
        ? changed(env.CART_ITEM_TABLE, { id }, { set: row, where })
        : deleted(env.CART_ITEM_TABLE, { id }, { where }),
  ]);
  return failed === null;
}

/** Puts a product into the cart of whoever calls. What is in there already becomes more. */
async function add(event: Event) {
  const item = await wanted(event);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const cart = await cartOf(event);
    const id = `${cart.id}-${item.variantId ?? item.productId}`;
    const before = await getRow<CartItem>(env.CART_ITEM_TABLE, { id });
    const quantity = (before?.quantity ?? 0) + event.arguments.quantity;
    await checkStock(item, quantity);
    if (await keep(cart, before, { ...item, id, quantity })) {
      return getRow<CartItem>(env.CART_ITEM_TABLE, { id });
    }
  }
  throw new Error('The cart has changed: look at it again');
}

/** Changes how much of something is in the cart of whoever calls; nothing of it takes it out. */
async function change(event: Change) {
  const { cartItemId: id, quantity } = event.arguments;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await getRow<CartItem>(env.CART_ITEM_TABLE, { id });
    if (before?.owner !== ownerOf(event)) throw new Error('It is not in your cart any more');
    const cart = await getRow<Cart>(env.CART_TABLE, { id: before.cartId });
    if (!cart) throw new Error('It is ordered already');
    if (quantity > before.quantity) await checkStock(before, quantity);
    if (await keep(cart, before, { ...before, quantity })) return true;
  }
  throw new Error('The cart has changed: look at it again');
}

// Fills the carts of whoever calls, and keeps what all that is in there costs.
export async function handler(event: Event | Change) {
  const { quantity } = event.arguments;
  const least = event.fieldName === 'changeQuantity' ? 0 : 1;
  if (quantity < least || quantity > MOST_PIECES) {
    throw new Error(`The quantity must be from ${least} to ${MOST_PIECES}`);
  }
  return event.fieldName === 'changeQuantity' ? change(event) : add(event);
}
