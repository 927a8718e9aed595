import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMediaUrl } from '../../../lib/media/media-url.js';

const REMOTE = { baseUrl: 'https://api.example/v1', hosts: ['files.example', '.cdn.example'] };
const LOCAL = { baseUrl: 'http://127.0.0.1:3000/cloud', hosts: ['files.example'] };

describe('parseMediaUrl', () => {
  it.each([
    [REMOTE, 'https://api.example/elsewhere?a=b'],
    [REMOTE, 'https://files.example/a%20b'],
    [REMOTE, 'https://a.cdn.example/'],
    [REMOTE, 'https://b.a.cdn.example:443/x'],
    [LOCAL, 'http://127.0.0.1:3000/x'],
    [LOCAL, 'http://127.1:3000/x'],
    [LOCAL, 'https://files.example/x'],
  ])('accepts with %j %s', (allowed, url) => {
    expect(parseMediaUrl(url, allowed)?.href).toBe(new URL(url).href);
  });

  it.each([
    [REMOTE, 'http://files.example/x'],
    [REMOTE, 'http://api.example/x'],
    [REMOTE, 'https://files.example:8443/x'],
    [REMOTE, 'https://api.example:8443/x'],
    [REMOTE, 'https://cdn.example/x'],
    [REMOTE, 'https://evilcdn.example/x'],
    [REMOTE, 'https://evil-files.example/x'],
    [REMOTE, 'https://x.files.example/x'],
    [REMOTE, 'https://files.example.evil.example/x'],
    [REMOTE, 'https://files.example./x'],
    [REMOTE, 'https://files.example@evil.example/x'],
    [REMOTE, 'https://user@files.example/x'],
    [REMOTE, 'https://:password@api.example/x'],
    [REMOTE, 'https://evil.example/files.example'],
    [REMOTE, 'https://evil.example\\@files.example/x'],
    [REMOTE, 'ftp://files.example/x'],
    [REMOTE, '//files.example/x'],
    [REMOTE, '/x'],
    [REMOTE, ''],
    [REMOTE, 'http://169.254.169.254/'],
    [REMOTE, 'https://[::1]/'],
    [REMOTE, 'http://0x7f000001/'],
    [LOCAL, 'http://127.0.0.1:3001/x'],
    [LOCAL, 'http://localhost:3000/x'],
    [LOCAL, 'https://127.0.0.1:3000/x'],
    [LOCAL, 'http://files.example/x'],
    [LOCAL, 'http://user@127.0.0.1:3000/x'],
  ])('rejects with %j %s', (allowed, url) => {
    expect(parseMediaUrl(url, allowed)).toBeUndefined();
  });

  it('resolves a relative URL', () => {
    expect(parseMediaUrl('../b', REMOTE, 'https://files.example/a/c/d')?.href).toBe('https://files.example/a/b');
    expect(parseMediaUrl('//evil.example/b', REMOTE, 'https://files.example/a')).toBeUndefined();
  });

  it('accepts no other host, whatever the URL', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ['http', 'https', 'ftp'] }), (url) => {
        fc.pre(!new URL(url).hostname.endsWith('.example'));
        return parseMediaUrl(url, REMOTE) === undefined;
      }),
    );
  });
});
