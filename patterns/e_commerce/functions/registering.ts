import { env } from '$amplify/env/registering';
import type { Schema } from '../../data/resource';
import { ownerOf, subOf, type Call } from '../shared/caller';
import { created, transact } from '../shared/tables';
import { text } from '../shop/given';

type Event = Call<'registerCustomer' | 'registerVendor'>;

/** Who somebody is as a customer. */
function customer({ name, email, phone, address }: Schema['registerCustomer']['args']) {
  return { name: text('name', name, 120), email, phone, address };
}

/** Who somebody is as a vendor; the shop's share is what all begin with. */
function vendor({ name, email, description, logo }: Schema['registerVendor']['args']) {
  return {
    name: text('name', name, 120),
    email,
    description: description && text('description', description, 2000),
    logo,
    isActive: true,
    commissionRate: Number(env.COMMISSION_RATE),
  };
}

// Registers people as customers or vendors, once each: the record has the id of their account.
export async function handler(event: Event) {
  const id = subOf(event);
  const owner = ownerOf(event);
  const write =
    event.fieldName === 'registerVendor'
      ? created(env.VENDOR_TABLE, 'Vendor', { id, account: owner, ...vendor(event.arguments) })
      : created(env.CUSTOMER_TABLE, 'Customer', { id, owner, ...customer(event.arguments) });
  const failed = await transact([write]);
  if (failed !== null) throw new Error('You are registered already: change your details instead');
  return write.Put.Item;
}
