// Where an order is sent.

export type Address = Record<'recipient' | 'street' | 'postalCode' | 'city' | 'country', string>;

const LONGEST = 200;

/** An address that can be written on a parcel. */
export function addressOf(given: Address | null | undefined): Address {
  if (!given) throw new Error('Say where to send it: here, or under “My details”');
  const { recipient, street, postalCode, city, country } = given;
  const address = { recipient, street, postalCode, city, country };
  for (const [name, text] of Object.entries(address)) {
    const called = name === 'postalCode' ? 'postcode' : name;
    if (!text.trim()) throw new Error(`The address has no ${called}`);
    if (text.length > LONGEST) throw new Error(`The ${called} is too long`);
  }
  return address;
}
