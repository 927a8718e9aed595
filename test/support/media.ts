import { createHash } from 'node:crypto';
import type { InboundMedia, InboundMessageEvent } from '../../lib/index.js';
import type { FakeResponse } from './fake-provider.js';

export const PHOTO = Buffer.from('a photo, more or less');

/** An inbound image of an account. */
export function imageEvent(account: string, media?: InboundMedia): InboundMessageEvent {
  const from = { phone: '5511999999999' };
  const base = {
    kind: 'message',
    type: 'image',
    provider: 'any',
    account,
    from,
    messageId: 'IN1',
    at: new Date(),
  } as const;
  return { ...base, raw: {}, ...(media && { media }) };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A response with a file. */
export function fileResponse(bytes: Buffer, headers: Record<string, string> = {}): FakeResponse {
  return (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': `${bytes.length}`, ...headers });
    response.end(bytes);
  };
}
