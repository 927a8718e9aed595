import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SimulatedApp } from '../../support/simulated-app.js';
import { until } from '../../support/time.js';
import { PhotoAlbum } from './examples/photo-album.js';

const EXAMPLE = 'test/integration/media/examples/photo-album.ts';
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

describe('docs/media.md', () => {
  let app: SimulatedApp;
  let album: PhotoAlbum;
  beforeEach(async () => {
    app = await SimulatedApp.start({ providers: [PhotoAlbum] });
    album = app.app.app.get(PhotoAlbum);
    album.folder = await mkdtemp(join(tmpdir(), 'photo-album-'));
  });
  afterEach(async () => {
    await app.close();
    await rm(album.folder, { recursive: true });
  });

  it('shows exactly the example that runs here', async () => {
    expect(await readFile('docs/media.md', 'utf8')).toContain(`\`\`\`ts\n${await readFile(EXAMPLE, 'utf8')}\`\`\`\n`);
  });

  it.each(['z-api', 'chatvolt', 'whatsapp-cloud'])('stores a photo that a person sends to %s', async (account) => {
    await app.simulator.write(account, { from: '5511988880001', type: 'image', caption: 'Our dog' });
    await until(() => album.photos.length > 0);
    const [photo] = album.photos;
    expect(photo?.from).toBe('5511988880001');
    expect((await readFile(photo?.path ?? '')).subarray(0, 3)).toEqual(JPEG);
  });

  it('leaves no half of a photo', async () => {
    const url = `data:image/png;base64,${Buffer.alloc(10_000_001).toString('base64')}`;
    await app.simulator.write('z-api', { from: '5511988880001', type: 'image', url });
    await app.simulator.write('z-api', { from: '5511988880001', type: 'image' });
    await until(() => album.photos.length > 0);
    expect(await readdir(album.folder)).toHaveLength(1);
  });
});
