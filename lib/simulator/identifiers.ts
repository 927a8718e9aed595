import { randomBytes, randomInt } from 'node:crypto';

/** Returns upper-case hexadecimal digits, as in IDs of Z-API and WhatsApp. */
export function hexadecimal(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length)
    .toUpperCase();
}

/** Returns an ID in Chatvolt's format of messages and conversations: `c` and 24 lower-case letters or digits. */
export function chatvoltId(): string {
  return `c${Array.from(randomBytes(24), (byte) => (byte % 36).toString(36)).join('')}`;
}

/** Returns an ID in the Cloud API's format: `wamid.` and, in base64, the other party's number and a message ID. */
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

/** Returns a trace ID in the format of Meta's `fbtrace_id`. */
export function traceId(): string {
  return `A${randomBytes(16).toString('base64url')}`;
}

/** Returns a number for the challenge of a verification. */
export function challenge(): string {
  return String(randomInt(100_000_000, 1_000_000_000));
}

/** Returns decimal digits. */
export function digits(length: number): string {
  return Array.from(randomBytes(length), (byte) => byte % 10).join('');
}
