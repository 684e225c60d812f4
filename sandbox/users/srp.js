// Proof of a password that is never sent: SRP as Cognito does it.
//
// https://datatracker.ietf.org/doc/html/rfc5054, with the group of 3072 bits, SHA-256, and keys by
// HKDF with "Caldera Derived Key" as its information.
import {
  createHash,
  createHmac,
  getDiffieHellman,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** @typedef {{salt: string, verifier: string}} Secret In hexadecimal. */
/** @typedef {{b: bigint, B: bigint, A: bigint}} Exchange */

const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);
const G = 2n;
const K = hashed(padded(N) + padded(G));

/**
 * What is kept of a password.
 * @param {string} identity The pool's name and the user's.
 * @param {string} password
 * @returns {Secret}
 */
export function secretOf(identity, password) {
  const salt = padded(random(16));
  return { salt, verifier: power(G, privateKey(identity, password, salt)).toString(16) };
}

/**
 * If that is the password.
 * @param {string} identity
 * @param {string} password
 * @param {Secret} secret
 */
export function isPassword(identity, password, { salt, verifier }) {
  return power(G, privateKey(identity, password, salt)) === BigInt(`0x${verifier}`);
}

/**
 * Begins an exchange with somebody who sent their public value.
 * @param {string} publicValue In hexadecimal.
 * @param {Secret} secret
 * @returns {Exchange | null} null if the value gives the password away
 */
export function exchange(publicValue, { verifier }) {
  if (!/^[0-9a-f]{1,1024}$/i.test(publicValue)) return null;
  const A = BigInt(`0x${publicValue}`);
  if (A % N === 0n) return null;
  const b = random(64);
  return { A, b, B: (K * BigInt(`0x${verifier}`) + power(G, b)) % N };
}

/**
 * If a signature was made by somebody who knows the password.
 * @param {Exchange} values
 * @param {Secret} secret
 * @param {Buffer[]} signed
 * @param {string} signature In base64.
 */
export function isProof({ A, B, b }, { verifier }, signed, signature) {
  const u = hashed(padded(A) + padded(B));
  const S = power(A * power(BigInt(`0x${verifier}`), u), b);
  const extracted = hmac(bytes(padded(u)), bytes(padded(S)));
  const key = hmac(extracted, Buffer.from('Caldera Derived Key\u0001')).subarray(0, 16);
  const expected = hmac(key, Buffer.concat(signed));
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * @param {string} identity
 * @param {string} password
 * @param {string} salt
 */
function privateKey(identity, password, salt) {
  const inner = createHash('sha256').update(`${identity}:${password}`).digest('hex');
  return hashed(salt + inner);
}

/** @param {number} length */
function random(length) {
  return BigInt(`0x${randomBytes(length).toString('hex')}`);
}

/**
 * An integer as the bytes of its two's complement, in hexadecimal.
 * @param {bigint} value
 */
export function padded(value) {
  const text = value.toString(16);
  const even = text.length % 2 ? `0${text}` : text;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}

/** @param {string} hex */
function bytes(hex) {
  return Buffer.from(hex, 'hex');
}

/** @param {string} hex */
function hashed(hex) {
  return BigInt(`0x${createHash('sha256').update(bytes(hex)).digest('hex')}`);
}

/**
 * @param {Buffer} key
 * @param {Buffer} content
 */
function hmac(key, content) {
  return createHmac('sha256', key).update(content).digest();
}

/**
 * @param {bigint} base
 * @param {bigint} exponent
 */
function power(base, exponent) {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
