import { describe, expect, it } from '@jest/globals';
import { RequestBuilder } from '../../../lib/adapters/request-builder.js';
import { renderings } from '../../support/recording-logger.js';

describe('RequestBuilder', () => {
  const entrance = new RequestBuilder('https://host.test:8443/base/token/PATH-SECRET', {
    Authorization: 'Bearer HEADER-SECRET',
  });

  it('appends a path and its query to the base path', () => {
    expect(entrance.get('list?limit=2')).toEqual({
      method: 'GET',
      origin: 'https://host.test:8443',
      path: '/base/token/PATH-SECRET/list?limit=2',
      headers: { Authorization: 'Bearer HEADER-SECRET' },
    });
  });

  it('sets the JSON content type for a request with a body', () => {
    expect(entrance.post('send', '{}')).toMatchObject({
      method: 'POST',
      path: '/base/token/PATH-SECRET/send',
      headers: { Authorization: 'Bearer HEADER-SECRET', 'Content-Type': 'application/json' },
      body: '{}',
    });
  });

  it('accepts a base URL without a path', () => {
    expect(new RequestBuilder('http://127.0.0.1:9', {}).get('status')).toMatchObject({
      origin: 'http://127.0.0.1:9',
      path: '/status',
    });
  });

  it('keeps encoded characters unchanged', () => {
    expect(new RequestBuilder('http://h', {}).get(encodeURIComponent("a/b c'é.."))).toMatchObject({
      path: "/a%2Fb%20c'%C3%A9..",
    });
  });

  it('appends a path with a leading slash to the root', () => {
    const root = new RequestBuilder('https://h/v1/number', { Key: 'K' }, 'https://h/v1');
    expect(root.delete('/media?a=1')).toEqual({
      method: 'DELETE',
      origin: 'https://h',
      path: '/v1/media?a=1',
      headers: { Key: 'K' },
    });
    expect(entrance.get('/media')).toMatchObject({ path: '/base/token/PATH-SECRET/media' });
  });

  it('sets the content type of bytes', () => {
    const body = Buffer.from([0, 255]);
    expect(entrance.postBytes('media', body, 'multipart/form-data; boundary=x')).toEqual({
      method: 'POST',
      origin: 'https://host.test:8443',
      path: '/base/token/PATH-SECRET/media',
      headers: { Authorization: 'Bearer HEADER-SECRET', 'Content-Type': 'multipart/form-data; boundary=x' },
      body,
    });
  });

  it('never renders its secrets', () => {
    expect(renderings(entrance)).not.toMatch(/SECRET/);
  });
});
