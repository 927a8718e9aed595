import { buffer, text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { ButtonMessagingMedia, MediaNotFoundError, MediaTooLargeError, SendAbortedError } from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport } from '../../../lib/testing/index.js';
import { errorOf } from '../../support/errors.js';
import { imageEvent } from '../../support/media.js';

describe('ButtonMessagingMedia with ButtonMessagingTestingModule', () => {
  let module: TestingModule;
  let media: ButtonMessagingMedia;
  let transport: RecordingTransport;
  beforeEach(async () => {
    module = await Test.createTestingModule({ imports: [ButtonMessagingTestingModule.forRoot()] }).compile();
    await module.init();
    media = module.get(ButtonMessagingMedia);
    transport = module.get(RecordingTransport);
  });
  afterEach(() => module.close());

  it.each([
    ['z-api', { url: 'https://photos.example/1.jpg' }],
    ['chatvolt', { url: 'https://photos.example/1.jpg' }],
    ['whatsapp-cloud', { id: '1' }],
  ])('returns the added file of %s, and an empty one otherwise', async (account, at) => {
    const event = imageEvent(account, { ...at, filename: 'a.jpg' });
    const empty = await media.download(event);
    expect(await buffer(empty.stream)).toEqual(Buffer.alloc(0));
    expect(empty).toMatchObject({ size: 0, filename: 'a.jpg' });
    transport.addFile(Object.values(at).join(), { content: 'a photo', mimeType: 'image/jpeg' });
    const { stream, ...facts } = await media.download(event);
    expect(await text(stream)).toBe('a photo');
    expect(facts).toEqual({ size: 7, filename: 'a.jpg', mimeType: 'image/jpeg' });
  });

  it('keeps the type of the event', async () => {
    transport.addFile('1', { content: Buffer.from('OggS'), mimeType: 'audio/ogg' });
    const { mimeType } = await media.download(imageEvent('whatsapp-cloud', { id: '1', mimeType: 'audio/mp4' }));
    expect(mimeType).toBe('audio/mp4');
  });

  it('fails as planned, and checks the options', async () => {
    const event = imageEvent('z-api', { url: 'https://photos.example/1.jpg' });
    transport.addFile('https://photos.example/1.jpg', { content: 'a photo' }).failNext(new MediaNotFoundError('Gone'));
    expect(await errorOf(media.download(event))).toBeInstanceOf(MediaNotFoundError);
    expect(await errorOf(media.download(event, { maxBytes: 6 }))).toBeInstanceOf(MediaTooLargeError);
    const aborted = { signal: AbortSignal.abort() };
    expect(await errorOf(media.download(event, aborted))).toBeInstanceOf(SendAbortedError);
  });
});
