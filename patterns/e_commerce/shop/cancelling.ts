// Takes an order back that is not paid: once, with its stock.
import { changed, getRows, transact, type Write } from '../shared/tables';
import {
  commissionId,
  itemId,
  type Order,
  type OrderItem,
  type Payment,
  type Product,
  type ProductVariant,
} from './rows';

export interface OrderTables {
  COMMISSION_TABLE: string;
  ORDER_TABLE: string;
  ORDER_ITEM_TABLE: string;
  PAYMENT_TABLE: string;
  PRODUCT_TABLE: string;
  PRODUCT_VARIANT_TABLE: string;
}

/**
 * Cancels an order, together with other writes. Answers false, and writes nothing, when the order
 * or its payment are not pending any more, or a condition of the other writes does not hold.
 */
export async function cancel(
  shop: OrderTables,
  { id, itemCount }: Order,
  status: Payment['status'],
  ...others: Write[]
) {
  const ids = Array.from({ length: itemCount }, (_, position) => itemId(id, position));
  const items = [...(await getRows<OrderItem>(shop.ORDER_ITEM_TABLE, ids)).values()];
  const where = { status: 'pending' };
  const decisive = [
    ...others,
    changed(shop.ORDER_TABLE, { id }, { set: { status: 'cancelled' }, where }),
    changed(shop.PAYMENT_TABLE, { id }, { set: { status }, where }),
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

/** Gives the pieces back; what was deleted since has no stock any more. */
async function stock(shop: OrderTables, items: OrderItem[]) {
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
