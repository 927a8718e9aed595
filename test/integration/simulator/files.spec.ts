import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import {
  ButtonMessagingMedia,
  type InboundMessageEvent,
  MediaNotFoundError,
  OnMessage,
  ProviderUnavailableError,
} from '../../../lib/index.js';
import { FileStore } from '../../../lib/simulator/files/file-store.js';
import type { InboundContent } from '../../../lib/simulator/index.js';
import { errorOf } from '../../support/errors.js';
import { imageEvent } from '../../support/media.js';
import { SimulatedApp } from '../../support/simulated-app.js';
import { until } from '../../support/time.js';

const ACCOUNTS = ['z-api', 'chatvolt', 'whatsapp-cloud'];
const PIXEL = Buffer.from('GIF89a a pixel');

interface Received {
  bytes: Buffer;
  mimeType?: string | undefined;
  filename?: string | undefined;
  size?: number | undefined;
}

@Injectable()
class Album {
  readonly received: Received[] = [];

  constructor(private readonly media: ButtonMessagingMedia) {}

  @OnMessage(['image', 'video', 'audio', 'document', 'sticker'])
  async onFile(event: InboundMessageEvent): Promise<void> {
    const { stream, mimeType, filename, size } = await this.media.download(event);
    this.received.push({ bytes: await buffer(stream), mimeType, filename, size });
  }
}

describe('Files of simulated people', () => {
  let app: SimulatedApp;
  let album: Album;
  let media: ButtonMessagingMedia;
  beforeAll(async () => {
    app = await SimulatedApp.start({ providers: [Album] });
    album = app.app.app.get(Album);
    media = app.app.app.get(ButtonMessagingMedia, { strict: false });
  });
  beforeEach(() => void album.received.splice(0));
  afterAll(() => app.close());

  async function sent(account: string, content: InboundContent): Promise<Received | undefined> {
    await app.simulator.write(account, { from: '5511988880001', ...content });
    await until(() => album.received.length > 0);
    return album.received.shift();
  }

  it.each(ACCOUNTS)('arrive in a handler of %s', async (account) => {
    const url = `data:image/gif;base64,${PIXEL.toString('base64')}`;
    const received = await sent(account, { type: 'image', url, mimeType: 'image/gif' });
    expect(received).toMatchObject({ bytes: PIXEL, mimeType: 'image/gif', size: PIXEL.length });
  });

  it.each<[account: string, type: 'image' | 'video' | 'audio' | 'document' | 'sticker', start: string]>(
    ACCOUNTS.flatMap((account) => [
      [account, 'image', '\xff\xd8\xff'],
      [account, 'video', '\0\0\0\x18ftyp'],
      [account, 'audio', 'OggS'],
      [account, 'document', '%PDF-'],
      ...(account === 'chatvolt' ? [] : [[account, 'sticker', 'RIFF'] as [string, 'sticker', string]]),
    ]),
  )('are small samples at %s: %s', async (account, type, start) => {
    const received = await sent(account, { type });
    expect(received?.bytes.toString('latin1').startsWith(start)).toBe(true);
  });

  it.each(ACCOUNTS)('have a name and any type at %s', async (account) => {
    const content = {
      type: 'document',
      mimeType: 'text/plain',
      filename: 'notes.txt',
      url: 'data:,50%25%20off',
    } as const;
    expect(await sent(account, content)).toMatchObject({
      bytes: Buffer.from('50% off'),
      mimeType: 'text/plain',
      filename: 'notes.txt',
    });
    const { url: _, ...sample } = content;
    expect((await sent(account, sample))?.bytes.toString()).toBe('A simulated file');
  });

  it('are forgotten after 1,000 others', () => {
    const files = new FileStore();
    const first = files.add({ type: 'image' });
    for (let count = 0; count < 999; count += 1) files.add({ type: 'image' });
    expect(files.find(first.id)).toBe(first);
    files.add({ type: 'image' });
    expect(files.find(first.id)).toBeUndefined();
  });

  it.each([
    ['z-api', (base: string) => ({ url: `${base}/files/1` })],
    ['chatvolt', (base: string) => ({ url: `${base}/files/1` })],
    ['whatsapp-cloud', () => ({ id: '1' })],
    ['whatsapp-cloud', (base: string) => ({ url: `${base}/whatsapp_business/attachments/` })],
  ])('are not found at %s if nobody sent them', async (account, mediaAt) => {
    const event = imageEvent(account, mediaAt(`${app.simulator.url}/${account}`));
    expect(await errorOf(media.download(event))).toBeInstanceOf(MediaNotFoundError);
  });

  it('arrive as the planned fault says', async () => {
    const events: InboundMessageEvent[] = [];
    const heard = app.app.events.events$.subscribe((event) => void (event.kind === 'message' && events.push(event)));
    await sent('z-api', { type: 'image' });
    heard.unsubscribe();
    const again = async () => buffer((await media.download(imageEvent('z-api', events[0]?.media))).stream);
    app.simulator.fail('z-api', 'oversized-answer', 1, 'reads');
    expect((await again()).length).toBeGreaterThan(2 * 1_024 * 1_024);
    app.simulator.fail('z-api', 'cut-answer', 1, 'reads');
    expect(await errorOf(again())).toBeInstanceOf(ProviderUnavailableError);
  });
});
