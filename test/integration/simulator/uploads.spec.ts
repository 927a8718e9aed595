import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cloud, cloudAccount, cloudButtons } from './clients.js';
import { type Field, startField } from './field.js';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('Uploads to the simulated Cloud API', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());

  const account = () => cloudAccount(field.simulator);
  const authorized = () => ({ headers: { Authorization: `Bearer ${account().accessToken}` } });
  const upload = (fields: Record<string, string | Blob>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return cloud(field.simulator, `${account().phoneNumberId}/media`, undefined, {
      ...authorized(),
      method: 'POST',
      body: form,
    });
  };
  const file = (type = 'image/png', bytes: Uint8Array<ArrayBuffer> = new Uint8Array(PICTURE)) =>
    new Blob([bytes], { type });
  const uploaded = async () => {
    const reply = await upload({ messaging_product: 'whatsapp', type: 'image/png', file: file() });
    expect(reply).toMatchObject({ status: 200, json: { id: expect.stringMatching(/^\d{15}$/) } });
    return String(Object.values(Object(reply.json))[0]);
  };

  it('stores a file, describes it, serves it with the token, and deletes it', async () => {
    const id = await uploaded();
    const described = await cloud(field.simulator, `${id}?phone_number_id=${account().phoneNumberId}`);
    const url = `${account().baseUrl}/whatsapp_business/attachments/?mid=${id}`;
    expect(described.json).toEqual({
      messaging_product: 'whatsapp',
      url,
      mime_type: 'image/png',
      sha256: createHash('sha256').update(PICTURE).digest('hex'),
      file_size: PICTURE.length,
      id,
    });
    const download = await fetch(url, authorized());
    expect(Buffer.from(await download.arrayBuffer())).toEqual(PICTURE);
    expect(download.headers.get('content-type')).toBe('image/png');
    expect((await fetch(url)).status).toBe(401);
    expect(await cloud(field.simulator, `${id}?phone_number_id=1`)).toMatchObject({ status: 400 });
    expect(await cloud(field.simulator, id, undefined, { ...authorized(), method: 'PUT' })).toMatchObject({
      status: 400,
    });
    const removal = { ...authorized(), method: 'DELETE' };
    expect(await cloud(field.simulator, id, undefined, removal)).toMatchObject({ json: { success: true } });
    expect(await cloud(field.simulator, id, undefined, removal)).toMatchObject({
      status: 400,
      json: { error: { code: 100 } },
    });
    expect((await fetch(url, authorized())).status).toBe(404);
  });

  it('shows an uploaded picture on the phone', async () => {
    const id = await uploaded();
    const path = `${account().phoneNumberId}/messages`;
    const { interactive: _content, ...envelope } = cloudButtons;
    await cloud(field.simulator, path, { ...envelope, type: 'image', image: { id, caption: 'This' } });
    const events = await fetch(`${field.simulator.url}/phones/events`);
    const snapshot = await events.body?.pipeThrough(new TextDecoderStream()).getReader().read();
    expect(snapshot?.value).toContain('event: snapshot');
    expect(snapshot?.value).toContain(`"url":"/phones/media?id=${id}"`);
    const shown = await fetch(`${field.simulator.url}/phones/media?id=${id}`);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect((await fetch(`${field.simulator.url}/phones/media?id=1`)).status).toBe(404);
  });

  it('takes the type of the file if the form has none', async () => {
    expect((await upload({ messaging_product: 'whatsapp', file: file('audio/ogg; codecs=opus') })).status).toBe(200);
  });

  it.each([
    ['no product', () => ({ file: file() }), 'messaging_product is required'],
    ['no file', () => ({ messaging_product: 'whatsapp', type: 'image/png' }), 'file is required'],
    ['an unknown type', () => ({ messaging_product: 'whatsapp', file: file('image/gif') }), "type 'image/gif'"],
    [
      'a large sticker',
      () => ({ messaging_product: 'whatsapp', file: file('image/webp', new Uint8Array(600_000)) }),
      'at most 524288 bytes',
    ],
  ])('rejects %s', async (_what, fields, details) => {
    expect(await upload(fields())).toMatchObject({
      status: 400,
      json: { error: { code: 100, error_data: { details: expect.stringContaining(details) } } },
    });
  });

  it('rejects a body that is not a form, and other methods', async () => {
    const path = `${account().phoneNumberId}/media`;
    expect(await cloud(field.simulator, path, {})).toMatchObject({ status: 400 });
    const bare = new Blob(['{}']);
    expect(
      await cloud(field.simulator, path, undefined, { ...authorized(), method: 'POST', body: bare }),
    ).toMatchObject({ status: 400 });
    expect(await cloud(field.simulator, path)).toMatchObject({ status: 501 });
    expect(await cloud(field.simulator, '999/media', {})).toMatchObject({
      status: 400,
      json: { error: { code: 100 } },
    });
  });
});
