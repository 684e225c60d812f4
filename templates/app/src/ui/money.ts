import { formatNumber, formatText } from './format';

type Maybe<T> = T | null | undefined;

/** An amount with its currency: "€12.50". */
export function formatMoney(value: Maybe<number>, currency: Maybe<string>): string {
  const formatter = formatterOf(currency);
  return typeof value === 'number' && formatter
    ? formatter.format(value)
    : plain(formatNumber(value), currency);
}

/** An amount that is counted in cents, or what the currency has in their place. */
export function formatCents(value: Maybe<number>, currency: Maybe<string>): string {
  const digits = formatterOf(currency)?.resolvedOptions().maximumFractionDigits ?? 0;
  return formatMoney(typeof value === 'number' ? value / 10 ** digits : value, currency);
}

function formatterOf(currency: Maybe<string>): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency: currency ?? '' });
  } catch {
    // Not what a currency's code looks like.
    return undefined;
  }
}

function plain(amount: string, currency: Maybe<string>): string {
  return currency && amount !== formatText(null) ? `${amount} ${currency}` : amount;
}
