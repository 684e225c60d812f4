// What an order costs, in whole numbers of the smallest unit of its currency, such as cents.

/** So many of a thing at a price, of which the shop keeps a share. */
export interface Sale {
  quantity: number;
  price: number;
  vendorId: string;
  commissionRate: number;
}

export interface Totals {
  subtotal: number;
  tax: number;
  shipping: number;
  total: number;
}

/** How many of the smallest unit make one: 100 cents a dollar, but 1 yen is the smallest. */
function unit(currency: string) {
  const style = { style: 'currency', currency } as const;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', style).resolvedOptions();
  return 10 ** (maximumFractionDigits ?? 2);
}

/** A price such as 19.99 in the smallest unit. */
export function toSmallest(price: number, currency: string) {
  const amount = Math.round(price * unit(currency));
  if (!Number.isSafeInteger(amount) || amount < 0) throw new Error(`${price} is no price`);
  return amount;
}

/** An amount in the smallest unit as a price such as 19.99. */
export function toPrice(amount: number, currency: string) {
  return amount / unit(currency);
}

export function totalsOf(sales: Sale[], taxPercent: number, shipping: number): Totals {
  const subtotal = sales.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const tax = Math.round((subtotal * taxPercent) / 100);
  return { subtotal, tax, shipping, total: subtotal + tax + shipping };
}

/** What the shop keeps of the sales of each vendor, and what is left for the vendor. */
export function commissionsOf(sales: Sale[]) {
  const found = new Map<string, { amount: number; earnings: number }>();
  for (const { price, quantity, vendorId, commissionRate } of sales) {
    const known = found.get(vendorId) ?? { amount: 0, earnings: 0 };
    const amount = Math.round(price * quantity * commissionRate);
    found.set(vendorId, {
      amount: known.amount + amount,
      earnings: known.earnings + price * quantity - amount,
    });
  }
  return found;
}
