// The rows of the tables, as far as the functions of the shop use them.
import type { Address } from './address';

export interface Cart {
  id: string;
  owner: string;
  customerId: string;
  /** How many things are in it, and what these cost. */
  pieces: number;
  subtotal: number;
  currency?: string | null;
}

export interface CartItem {
  id: string;
  owner: string;
  cartId: string;
  productId: string;
  variantId?: string | null;
  name: string;
  quantity: number;
  /** What it cost when it was put there. */
  unitPrice: number;
  totalPrice: number;
  currency: string;
}

export interface Customer {
  id: string;
  owner: string;
  address?: Address | null;
  /** The cart that is filled at the moment; the API does not show it. */
  cartId?: string;
}

export interface Product {
  id: string;
  name: string;
  price: number;
  inventory?: number | null;
  currency?: string | null;
  isActive?: boolean | null;
  vendorId: string;
  seller?: string | null;
}

export interface ProductVariant {
  id: string;
  productId: string;
  name: string;
  price?: number | null;
  inventory?: number | null;
}

export interface Vendor {
  id: string;
  account?: string | null;
  commissionRate?: number | null;
  isActive?: boolean | null;
}

export interface Order {
  id: string;
  buyer: string;
  orderNumber: string;
  customerId: string;
  status: 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled';
  itemCount: number;
  total: number;
  currency: string;
  createdAt: string;
}

export interface OrderItem {
  id: string;
  productId: string;
  variantId?: string | null;
  vendorId: string;
  quantity: number;
}

export interface Payment {
  id: string;
  amount: number;
  currency: string;
  status: 'pending' | 'succeeded' | 'canceled' | 'refunding' | 'refunded';
  checkoutSessionId?: string | null;
  stripePaymentIntentId?: string | null;
}

export interface Commission {
  id: string;
  orderId: string;
  status: 'pending' | 'paid' | 'cancelled';
}

/** The id of a line of an order; from 0 to one less than its `itemCount`. */
export function itemId(orderId: string, position: number) {
  return `${orderId}-${position}`;
}

/** The id of what the shop keeps of the sales of a vendor in an order. */
export function commissionId(orderId: string, vendorId: string) {
  return `${orderId}-${vendorId}`;
}
