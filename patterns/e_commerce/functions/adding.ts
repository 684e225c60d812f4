import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/adding';
import { ownerOf, subOf, type Call } from '../shared/caller';
import { changed, checked, created, deleted, getRow, transact } from '../shared/tables';
import type { Cart, CartItem, Customer, Product, ProductVariant } from '../shop/rows';

type Event = Call<'addToCart' | 'addVariantToCart'>;
type Change = Call<'changeQuantity'>;

const MOST_PIECES = 1000;

/** The cart that somebody fills at the moment; a new one, when the last one was ordered. */
async function cartOf(event: Event): Promise<Cart> {
  const id = subOf(event);
  const customer = await getRow<Customer>(env.CUSTOMER_TABLE, { id });
  if (!customer) throw new Error('Enter your name and address under “My details” first');
  const { cartId } = customer;
  const known = cartId ? await getRow<Cart>(env.CART_TABLE, { id: cartId }) : undefined;
  if (known) return known;
  const cart = { id: randomUUID(), owner: ownerOf(event), customerId: id, name: 'My cart' };
  const failed = await transact([
    created(env.CART_TABLE, 'Cart', cart),
    changed(env.CUSTOMER_TABLE, { id }, { set: { cartId: cart.id }, where: { cartId } }),
  ]);
  // Somebody has begun one in this moment, in another window.
  return failed === null ? cart : cartOf(event);
}

async function wanted(event: Event) {
  if (event.fieldName === 'addToCart') return { productId: event.arguments.productId };
  const id = event.arguments.productVariantId;
  const variant = await getRow<ProductVariant>(env.PRODUCT_VARIANT_TABLE, { id });
  if (!variant) throw new Error('It is not for sale any more');
  return { productId: variant.productId, variant };
}

async function add(event: Event) {
  const { quantity } = event.arguments;
  const { productId, variant } = await wanted(event);
  const product = await getRow<Product>(env.PRODUCT_TABLE, { id: productId });
  if (!product?.isActive) throw new Error('It is not for sale any more');
  const cart = await cartOf(event);
  const id = `${cart.id}-${variant?.id ?? productId}`;
  const unitPrice = variant?.price ?? product.price;
  const item = {
    id,
    owner: cart.owner,
    cartId: cart.id,
    productId,
    variantId: variant?.id,
    name: variant ? `${product.name}, ${variant.name}` : product.name,
    unitPrice,
    quantity,
  };
  const isThere = checked(env.CART_TABLE, { id: cart.id }, { where: { owner: cart.owner } });
  const more = { set: { unitPrice }, add: { quantity }, where: { owner: cart.owner } };
  const failed =
    (await transact([isThere, created(env.CART_ITEM_TABLE, 'CartItem', item)])) === null
      ? null
      : await transact([isThere, changed(env.CART_ITEM_TABLE, { id }, more)]);
  if (failed !== null) throw new Error('The cart has changed: look at it again');
  return getRow<CartItem>(env.CART_ITEM_TABLE, { id });
}

/** Changes how much of something is in the cart of whoever calls; nothing of it takes it out. */
async function change(event: Change) {
  const { cartItemId: id, quantity } = event.arguments;
  const where = { owner: ownerOf(event) };
  const write = quantity
    ? changed(env.CART_ITEM_TABLE, { id }, { set: { quantity }, where })
    : deleted(env.CART_ITEM_TABLE, { id }, { where });
  if ((await transact([write])) !== null) throw new Error('It is not in your cart any more');
  return true;
}

// Puts things into the cart of whoever calls. What is in there already becomes more.
export async function handler(event: Event | Change) {
  const { quantity } = event.arguments;
  const least = event.fieldName === 'changeQuantity' ? 0 : 1;
  if (quantity < least || quantity > MOST_PIECES) {
    throw new Error(`The quantity must be from ${least} to ${MOST_PIECES}`);
  }
  return event.fieldName === 'changeQuantity' ? change(event) : add(event);
}
