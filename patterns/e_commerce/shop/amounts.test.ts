import { describe, expect, it } from 'vitest';
import { commissionsOf, toPrice, toSmallest, totalsOf } from './amounts';

const sale = { quantity: 1, price: 1000, vendorId: 'a', commissionRate: 0.15 };

describe('prices', () => {
  it.each([
    [19.99, 'USD', 1999],
    [0.1 + 0.2, 'EUR', 30],
    [1500, 'JPY', 1500],
    [1.234, 'KWD', 1234],
    [0, 'USD', 0],
  ])('%f %s are %i of the smallest unit', (price, currency, amount) => {
    expect(toSmallest(price, currency)).toBe(amount);
    expect(toPrice(amount, currency)).toBeCloseTo(price);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('%f is none', (price) => {
    expect(() => toSmallest(price, 'USD')).toThrow('is no price');
  });
});

describe('totals', () => {
  it('adds up what is bought, its tax and the shipping', () => {
    const totals = totalsOf([sale, { ...sale, quantity: 3, price: 333 }], 19, 490);
    expect(totals).toEqual({ subtotal: 1999, tax: 380, shipping: 490, total: 2869 });
  });
});

describe('commissions', () => {
  it('gives each vendor what the shop does not keep, to the cent', () => {
    const sales = [sale, { ...sale, quantity: 3, price: 333 }, { ...sale, vendorId: 'b' }];
    expect([...commissionsOf(sales)]).toEqual([
      ['a', { amount: 300, earnings: 1699 }],
      ['b', { amount: 150, earnings: 850 }],
    ]);
  });
});
