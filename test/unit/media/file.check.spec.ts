import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MediaCorruptedError, MediaTooLargeError } from '../../../lib/index.js';
import { FileCheck } from '../../../lib/media/file.check.js';
import { untyped } from '../../support/button-messages.js';
import { CLOUD } from '../../support/error-cases/rejections.js';

const [ONE, OTHER] = [Buffer.from('one'), Buffer.from('other')];

function check(maxBytes: number, sha256?: string): FileCheck {
  return new FileCheck(untyped({ account: CLOUD, maxBytes, location: { url: '', sha256 } }));
}

describe('FileCheck', () => {
  it('accepts up to maxBytes in all', () => {
    const file = check(8);
    expect([file.add(ONE), file.add(OTHER), file.end()]).toEqual([undefined, undefined, undefined]);
    expect(file.add(Buffer.alloc(1))).toBeInstanceOf(MediaTooLargeError);
  });

  it('compares the hash of all parts', () => {
    const hash = createHash('sha256').update('oneother').digest('hex');
    const [good, bad] = [check(8, hash), check(8, hash)];
    good.add(ONE);
    good.add(OTHER);
    expect(good.end()).toBeUndefined();
    bad.add(ONE);
    expect(bad.end()).toBeInstanceOf(MediaCorruptedError);
    expect(check(8, hash).end()).toBeInstanceOf(MediaCorruptedError);
  });

  it('names limit and account in its errors', () => {
    expect(check(2).add(ONE)).toMatchObject({
      message: 'The file is larger than maxBytes, which is 2',
      provider: 'whatsapp-cloud',
      account: 'w',
      outcome: 'not-sent',
    });
  });
});
