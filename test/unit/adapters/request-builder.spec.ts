import { describe, expect, it } from '@jest/globals';
import { RequestBuilder } from '../../../lib/adapters/request-builder.js';
import { renderings } from '../../support/recording-logger.js';

describe('An entrance', () => {
  const entrance = new RequestBuilder('https://host.test:8443/base/token/PATH-SECRET', {
    Authorization: 'Bearer HEADER-SECRET',
  });

  it('puts paths behind its own, with their queries', () => {
    expect(entrance.get('list?limit=2')).toEqual({
      method: 'GET',
      origin: 'https://host.test:8443',
      path: '/base/token/PATH-SECRET/list?limit=2',
      headers: { Authorization: 'Bearer HEADER-SECRET' },
    });
  });

  it('says of a body that it is JSON', () => {
    expect(entrance.post('send', '{}')).toMatchObject({
      method: 'POST',
      path: '/base/token/PATH-SECRET/send',
      headers: { Authorization: 'Bearer HEADER-SECRET', 'Content-Type': 'application/json' },
      body: '{}',
    });
  });

  it('needs no path of its own', () => {
    expect(new RequestBuilder('http://127.0.0.1:9', {}).get('status')).toMatchObject({
      origin: 'http://127.0.0.1:9',
      path: '/status',
    });
  });

  it('leaves what was encoded as it is', () => {
    expect(new RequestBuilder('http://h', {}).get(encodeURIComponent("a/b c'é.."))).toMatchObject({
      path: "/a%2Fb%20c'%C3%A9..",
    });
  });

  it('prints none of its secrets', () => {
    expect(renderings(entrance)).not.toMatch(/SECRET/);
  });
});
