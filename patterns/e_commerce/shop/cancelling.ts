// Takes an order back: once, with its stock and its commissions.
import { changed, getRow, getRows, transact, type Write } from '../shared/tables';
import { endPayment, refundPayment, type Provider } from './payment';
import {
  commissionId,
  itemId,
  type Order,
  type OrderItem,
  type Payment,
  type Product,
  type ProductVariant,
} from './rows';

export interface CancellingShop extends Provider {
  COMMISSION_TABLE: string;
  ORDER_TABLE: string;
  ORDER_ITEM_TABLE: string;
  PAYMENT_TABLE: string;
  PRODUCT_TABLE: string;
  PRODUCT_VARIANT_TABLE: string;
}

/** What an order and its payment are before, and what becomes of the payment. */
const STEPS = {
  unpaid: { order: 'pending', payment: 'pending', becomes: 'canceled' },
  paid: { order: 'processing', payment: 'succeeded', becomes: 'refunding' },
} as const;

/**
 * Cancels an order, together with other writes. Answers false, and writes nothing, when the order
 * or its payment are not as they were any more, or a condition of the other writes does not hold.
 */
export async function cancel(
  shop: CancellingShop,
  { id, itemCount }: Order,
  step: keyof typeof STEPS,
  ...others: Write[]
) {
  const { order, payment, becomes } = STEPS[step];
  const ids = Array.from({ length: itemCount }, (_, position) => itemId(id, position));
  const items = [...(await getRows<OrderItem>(shop.ORDER_ITEM_TABLE, ids)).values()];
  const decisive = [
    ...others,
    changed(shop.ORDER_TABLE, { id }, { set: { status: 'cancelled' }, where: { status: order } }),
    changed(shop.PAYMENT_TABLE, { id }, { set: { status: becomes }, where: { status: payment } }),
  ];
  const vendors = new Set(items.map(({ vendorId }) => vendorId));
  const failed = await transact([
    ...decisive,
    ...[...vendors].map((vendorId) =>
      changed(
        shop.COMMISSION_TABLE,
        { id: commissionId(id, vendorId) },
        { set: { status: 'cancelled' } },
      ),
    ),
    ...(await stock(shop, items)),
  ]);
  if (failed !== null && failed >= decisive.length) {
    throw new Error(`The order ${id} cannot be cancelled at this moment`);
  }
  return failed === null;
}

/** Cancels an order once nothing can be paid for it any more; false when it has been paid. */
export async function cancelUnpaid(shop: CancellingShop, order: Order) {
  const payment = await getRow<Payment>(shop.PAYMENT_TABLE, { id: order.id });
  const pageId = payment?.checkoutSessionId;
  if (pageId && !(await endPayment(shop, pageId))) return false;
  return cancel(shop, order, 'unpaid');
}

/** Gives money back that is to be given back; done again, it does nothing more. */
export async function refund(
  shop: Provider & { PAYMENT_TABLE: string },
  { id, stripePaymentIntentId }: Pick<Payment, 'id' | 'stripePaymentIntentId'>,
) {
  // What cost nothing was paid nowhere.
  if (stripePaymentIntentId) await refundPayment(shop, stripePaymentIntentId);
  const where = { status: 'refunding' };
  await transact([changed(shop.PAYMENT_TABLE, { id }, { set: { status: 'refunded' }, where })]);
}

/** Gives the pieces back; what was deleted since has no stock any more. */
async function stock(shop: CancellingShop, items: OrderItem[]) {
  const { PRODUCT_TABLE, PRODUCT_VARIANT_TABLE } = shop;
  const products = await getRows<Product>(
    PRODUCT_TABLE,
    items.map(({ productId }) => productId),
  );
  const variants = await getRows<ProductVariant>(
    PRODUCT_VARIANT_TABLE,
    items.flatMap(({ variantId }) => variantId ?? []),
  );
  return items.flatMap(({ productId, variantId, quantity }) => {
    const isThere = variantId ? variants.has(variantId) : products.has(productId);
    const table = variantId ? PRODUCT_VARIANT_TABLE : PRODUCT_TABLE;
    const key = { id: variantId ?? productId };
    return isThere ? [changed(table, key, { add: { inventory: quantity } })] : [];
  });
}
