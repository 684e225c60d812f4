import { randomUUID } from 'node:crypto';
import { env } from '$amplify/env/offering';
import type { Schema } from '../../data/resource';
import { groupsOf, ownerOf, subOf, type Call } from '../shared/caller';
import { checked, created, getRow, transact } from '../shared/tables';
import { amount, text } from '../shop/given';
import type { Product, Vendor } from '../shop/rows';

type Event = Call<'addProduct' | 'addVariant'>;

const CURRENCY = /^[A-Z]{3}$/;

function product(given: Schema['addProduct']['args']) {
  const { name, description, price, compareAtPrice, currency, sku, inventory } = given;
  if (currency && !CURRENCY.test(currency)) {
    throw new Error('The currency is a code of three capital letters, such as EUR');
  }
  return {
    name: text('name', name, 200),
    description: description && text('description', description, 10_000),
    price: amount('price', price),
    compareAtPrice: compareAtPrice && amount('former price', compareAtPrice),
    currency: currency ?? 'USD',
    sku: text('SKU', sku, 64),
    inventory: amount('stock', inventory ?? 0),
    categoryId: given.categoryId ?? undefined,
    images: given.images,
    isActive: given.isActive ?? true,
  };
}

function variant({ name, sku, price, inventory, attributes }: Schema['addVariant']['args']) {
  return {
    name: text('name', name, 200),
    sku: text('SKU', sku, 64),
    price: price && amount('price', price),
    inventory: amount('stock', inventory ?? 0),
    attributes,
  };
}

/** Offers a product of the vendor who calls. */
async function addProduct(event: Extract<Event, { fieldName: 'addProduct' }>) {
  const vendorId = subOf(event);
  const seller = ownerOf(event);
  const vendor = await getRow<Vendor>(env.VENDOR_TABLE, { id: vendorId });
  if (vendor?.account !== seller) throw new Error('Register as a vendor first');
  const row = { id: randomUUID(), vendorId, seller, ...product(event.arguments) };
  const { categoryId } = row;
  const write = created(env.PRODUCT_TABLE, 'Product', row);
  const isThere = categoryId ? [checked(env.CATEGORY_TABLE, { id: categoryId })] : [];
  if ((await transact([write, ...isThere])) !== null) throw new Error('There is no such category');
  return write.Put.Item;
}

/** Offers a version of a product, to whoever sells that. */
async function addVariant(event: Extract<Event, { fieldName: 'addVariant' }>) {
  const { productId } = event.arguments;
  const found = await getRow<Product>(env.PRODUCT_TABLE, { id: productId });
  const isAdmin = groupsOf(event).includes('admins');
  if (!found || (!isAdmin && found.seller !== ownerOf(event))) {
    throw new Error('You sell no such product');
  }
  const { seller } = found;
  const row = { id: randomUUID(), productId, seller, ...variant(event.arguments) };
  const write = created(env.PRODUCT_VARIANT_TABLE, 'ProductVariant', row);
  const failed = await transact([
    write,
    checked(env.PRODUCT_TABLE, { id: productId }, { where: { seller } }),
  ]);
  if (failed !== null) throw new Error('The product has changed: look at it again');
  return write.Put.Item;
}

// Makes products and their versions; whose they are follows from who calls, and from nothing else.
export async function handler(event: Event) {
  return event.fieldName === 'addProduct' ? addProduct(event) : addVariant(event);
}
