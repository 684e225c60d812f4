// What is in a cart, with the prices that the shop asks for it: those of the products.
import { getRow, getRows, rowsBy } from '../shared/tables';
import { toSmallest, type Sale } from './amounts';
import type { Cart, CartItem, Customer, Product, ProductVariant, Vendor } from './rows';

export interface CartTables {
  CART_TABLE: string;
  CART_ITEM_TABLE: string;
  CUSTOMER_TABLE: string;
  PRODUCT_TABLE: string;
  PRODUCT_VARIANT_TABLE: string;
  VENDOR_TABLE: string;
}

/** One thing that is bought, at the price of the shop. */
export interface Line extends Sale {
  product: Product;
  variant: ProductVariant | null;
  name: string;
  /** The account of the vendor. */
  seller: string | undefined;
}

export interface Contents {
  items: CartItem[];
  lines: Line[];
  currency: string;
}

/** A person's own cart, and who they are; of others it is not even said that there are any. */
export async function ownCart(tables: CartTables, cartId: string, owner: string) {
  const cart = await getRow<Cart>(tables.CART_TABLE, { id: cartId });
  const customer = cart && (await getRow<Customer>(tables.CUSTOMER_TABLE, { id: cart.customerId }));
  if (cart?.owner !== owner || !customer) throw new Error('There is no such cart');
  return { cart, customer };
}

export async function contentsOf(tables: CartTables, cart: Cart): Promise<Contents> {
  const items = await rowsBy<CartItem>(tables.CART_ITEM_TABLE, 'gsi-Cart.items', 'cartId', cart.id);
  if (!items.length) throw new Error('The cart is empty');
  const products = await getRows<Product>(
    tables.PRODUCT_TABLE,
    items.map(({ productId }) => productId),
  );
  const variants = await getRows<ProductVariant>(
    tables.PRODUCT_VARIANT_TABLE,
    items.flatMap(({ variantId }) => variantId ?? []),
  );
  const vendors = await getRows<Vendor>(
    tables.VENDOR_TABLE,
    [...products.values()].map(({ vendorId }) => vendorId),
  );
  const lines = items.map((item) => {
    const product = products.get(item.productId);
    const variant = item.variantId ? variants.get(item.variantId) : null;
    return lineOf(item, product, variant, vendors.get(product?.vendorId ?? ''));
  });
  return { items, lines, currency: oneCurrency([...products.values()]) };
}

function lineOf(
  { name, quantity, unitPrice }: CartItem,
  product: Product | undefined,
  variant: ProductVariant | null | undefined,
  vendor: Vendor | undefined,
): Line {
  if (!product || variant === undefined) throw new Error(`${name} is not there any more`);
  if (!product.isActive || !vendor?.isActive) throw new Error(`${name} is not for sale any more`);
  const price = variant?.price ?? product.price;
  if (unitPrice !== price)
    throw new Error(`${name} costs ${price} now: put it into the cart again`);
  return {
    product,
    variant,
    name,
    quantity,
    price: toSmallest(price, currencyOf(product)),
    vendorId: product.vendorId,
    seller: vendor.account ?? undefined,
    commissionRate: vendor.commissionRate ?? 0,
  };
}

function currencyOf({ currency }: Product) {
  return currency ?? 'USD';
}

function oneCurrency(products: Product[]) {
  const [currency = '', ...others] = new Set(products.map(currencyOf));
  if (others.length) {
    throw new Error(`One order cannot be in ${[currency, ...others].join(' and ')}`);
  }
  return currency;
}
