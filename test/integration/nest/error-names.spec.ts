import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, NotFoundException } from '@nestjs/common';
import { OnButtonReply } from '../../../lib/index.js';
import { HandlerApp } from './handler-app.js';

class OutOfStock extends Error {}
class SoldOut extends OutOfStock {}
class TooMany extends RangeError {}
class Several extends AggregateError {}
class Named extends Error {
  override name = 'Renamed';
}
class NamedOnce extends Error {}
NamedOnce.prototype.name = 'OfPrototype';
class OfNamedOnce extends NamedOnce {}
class Numbered extends Error {}
Object.defineProperty(Numbered, 'name', { value: 7 });

const anonymous = () => new (class extends Error {})(SECRET);
const renamed = (name: string) => Object.assign(new OutOfStock(SECRET), { name });
const SECRET = 'in words of a customer';

const THROWN: [name: string, thrown: unknown][] = [
  ['Error', new Error(SECRET)],
  ['TypeError', new TypeError(SECRET)],
  ['OutOfStock', new OutOfStock(SECRET)],
  ['SoldOut', new SoldOut(SECRET)],
  ['TooMany', new TooMany(SECRET)],
  ['Several', new Several([], SECRET)],
  ['Renamed', new Named(SECRET)],
  ['OfPrototype', new OfNamedOnce(SECRET)],
  ['Timeout', renamed('Timeout')],
  ['Error', renamed('Error')],
  ['Error', anonymous()],
  ['Error', new Numbered(SECRET)],
  ['NotFoundException', new NotFoundException(SECRET)],
  ['string', SECRET],
];

let thrown: unknown;

@Injectable()
class Shop {
  @OnButtonReply()
  pressed(): void {
    throw thrown;
  }
}

describe('Log line of a failed handler', () => {
  let app: HandlerApp;
  afterEach(() => app.app.close());

  it('names the thrown error by its own name or its class', async () => {
    app = await HandlerApp.start({ providers: [Shop] });
    for (const [name, each] of THROWN) {
      thrown = each;
      const before = app.lines.length;
      await app.press();
      const [line = ''] = app.lines.slice(before).filter((text) => text.includes('Shop.pressed failed'));
      expect(line).toContain(`Shop.pressed failed on a button-reply event of account z: ${name}.`);
      expect(line).not.toContain(SECRET);
    }
  });
});
