import { describe, expect, it } from '@jest/globals';
import { UploadStore } from '../../../../lib/simulator/files/upload-store.js';

const MEBIBYTE = 1024 * 1024;

describe('UploadStore', () => {
  it('keeps at most 64 MiB, and forgets the oldest file first', () => {
    const store = new UploadStore();
    const add = (mebibytes: number) => store.add('1', 'application/pdf', Buffer.alloc(mebibytes * MEBIBYTE));
    const [first, second, third] = [add(30), add(30), add(10)];
    expect(store.find(first.id)).toBeUndefined();
    expect([store.find(second.id), store.find(third.id)]).toEqual([second, third]);
    store.remove(second);
    store.remove(second);
    const fourth = add(50);
    expect([store.find(third.id), store.find(fourth.id)]).toEqual([third, fourth]);
  });
});
