import { randomBytes, randomInt } from 'node:crypto';

/** Upper-case hexadecimal digits, as in the ids of Z-API and of WhatsApp itself. */
export function hexadecimal(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length)
    .toUpperCase();
}

/** An id in the form that Chatvolt gives to messages and conversations: `c` and 24 small letters or digits. */
export function chatvoltId(): string {
  return `c${Array.from(randomBytes(24), (byte) => (byte % 36).toString(36)).join('')}`;
}

/** An id in the form of the Cloud API: `wamid.` and, in base64, the other party's number and a message id. */
export function wamid(phone: string): string {
  const digits = Buffer.from(phone, 'latin1');
  return `wamid.${Buffer.concat([
    Buffer.from([0x1c, 0x18, digits.length]),
    digits,
    Buffer.from([0x15, 0x02, 0x00, 0x11, 0x18, 0x12]),
    Buffer.from(hexadecimal(18), 'latin1'),
    Buffer.from([0x00]),
  ]).toString('base64')}`;
}

/** A trace id in the form of Meta's `fbtrace_id`. */
export function traceId(): string {
  return `A${randomBytes(16).toString('base64url')}`;
}

/** A number to be given back by whoever is challenged. */
export function challenge(): string {
  return String(randomInt(100_000_000, 1_000_000_000));
}

/** Decimal digits. */
export function digits(length: number): string {
  return Array.from(randomBytes(length), (byte) => byte % 10).join('');
}
