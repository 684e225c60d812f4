// AppSync's scalars: which texts and numbers each takes.
import { isIP } from 'node:net';

/** @typedef {(value: any) => any} Check It returns the value as the API keeps it, or undefined. */

const DAY = '\\d{4}-\\d{2}-\\d{2}';
const CLOCK = '\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?';
const OFFSET = '(?:Z|[+-]\\d{2}:\\d{2}(?::\\d{2})?)';
const DATE = new RegExp(`^${DAY}(?:${OFFSET})?$`);
const TIME = new RegExp(`^${CLOCK}(?:${OFFSET})?$`);
// Unlike a date and a time, an instant must say its offset.
const DATETIME = new RegExp(`^(${DAY})T(${CLOCK})${OFFSET}$`);
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/;
// A number with a country's code, or ten digits, which are taken for one of the United States.
const PHONE = /^(?:\+[1-9]\d{6,14}|(?:1[ -]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]?\d{4})$/;

/** @param {any} text */
const string = (text) => typeof text === 'string';

/** @param {string} day */
function isDay(day) {
  const [year, month, date] = day.split('-').map(Number);
  const found = new Date(Date.UTC(year, month - 1, date));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
}

/** @param {string} clock */
function isClock(clock) {
  const [hour, minute, second = 0] = clock.split(/[:Z+-]/).map(Number);
  return hour < 24 && minute < 60 && second < 60;
}

/**
 * @param {(text: string) => boolean} holds
 * @returns {Check}
 */
const texts = (holds) => (value) => (string(value) && holds(value) ? value : undefined);

/** @type {Record<string, Check>} */
export const INPUT = {
  AWSDate: texts((text) => DATE.test(text) && isDay(text.slice(0, 10))),
  AWSTime: texts((text) => TIME.test(text) && isClock(text)),
  AWSDateTime: texts((text) => {
    const found = DATETIME.exec(text);
    return found !== null && isDay(found[1]) && isClock(found[2]);
  }),
  AWSTimestamp: (value) => (Number.isSafeInteger(value) ? value : undefined),
  AWSEmail: texts((text) => EMAIL.test(text)),
  AWSPhone: texts((text) => PHONE.test(text.replace(/(?<=^\+[\d -]*)[ -]/g, ''))),
  AWSIPAddress: texts((text) => {
    const [address, prefix, ...rest] = text.split('/');
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    return (
      !rest.length && (prefix === undefined ? bits > 0 : /^\d+$/.test(prefix) && +prefix <= bits)
    );
  }),
  AWSURL: texts((text) => /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text) && URL.canParse(text)),
  // A JSON document comes as a text, and is kept as what it says.
  AWSJSON: (value) => {
    if (!string(value)) return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return undefined;
    }
  },
};

/** @type {Record<string, Check>} */
export const OUTPUT = { ...INPUT, AWSJSON: (value) => JSON.stringify(value) };
