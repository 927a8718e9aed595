import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  ANA,
  BEA,
  echo,
  inbound,
  MatcherBench,
  press,
  pressed,
  text,
  typed,
} from '../../../support/reply-matcher-fixture.js';

const words = { kind: 'text-message' };

describe('An answer to a message of unknown outcome', () => {
  let bench: MatcherBench;
  beforeEach(() => {
    bench = new MatcherBench();
  });

  const unknown = { isUnknown: true, messageIds: [] };

  it('that was pressed proves that it went out, and names it', async () => {
    bench.remember('u', ['Yes'], unknown);
    const proof = { ...pressed('Yes', 'u'), proves: { messageId: 'NEW' } };
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes', { inReplyTo: 'NEW' }))).toEqual(proof);
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual({ ...pressed('Yes', 'u'), proves: {} });
  });

  it('that may be of either of two proves nothing', async () => {
    bench.remember('m', ['Yes']);
    bench.remember('u', ['Yes'], unknown);
    const plain = { kind: 'button-reply', button: { id: '[Yes]', title: 'Yes' } };
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual(plain);
    bench.remember('u2', ['Yes'], unknown);
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes', { inReplyTo: 'NEW' }))).toEqual(plain);
  });

  it('that was typed counts if it fits one of the last two only', async () => {
    bench.remember('m', ['Yes', 'No']);
    bench.remember('u', ['No', 'Blue'], unknown);
    expect(await bench.becomes(text(ANA, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text(ANA, 'blue'))).toEqual(typed('Blue', 'u'));
    expect(await bench.becomes(text(ANA, 'no'))).toEqual(words);
    expect(bench.lines).toHaveLength(1);
  });

  it('that is words, or a picture, is not said to be to it', async () => {
    bench.remember('u', ['Yes'], { isUnknown: true });
    expect(await bench.becomes(text(ANA, 'why?', { inReplyTo: 'u-id' }))).toEqual(words);
    expect(await bench.becomes(inbound(ANA, 'image', { inReplyTo: 'u-id' }))).toEqual({ kind: 'message' });
  });

  it('counts once it is settled as what it is', async () => {
    bench.remember('u', ['Yes'], unknown);
    bench.remember('u', ['Yes'], { messageIds: ['NEW'] });
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual(pressed('Yes', 'u'));
    expect(await bench.becomes(echo(ANA, '[Yes]'))).toEqual({ kind: 'nothing' });
  });

  it('is shown by an echo with all its buttons, if only one message has them', async () => {
    bench.remember('u', ['Yes', 'No'], unknown);
    expect(await bench.becomes(echo(ANA, '[Yes]', '[No]'))).toEqual({ kind: 'nothing', proves: { messageId: 'E1' } });
    expect(await bench.becomes(echo(ANA, '[Yes]', '[X]'))).toEqual({ kind: 'nothing' });
    expect(await bench.becomes(echo(BEA, '[Yes]'))).toEqual({ kind: 'nothing' });
    bench.remember('u2', ['Yes', 'No'], unknown);
    expect(await bench.becomes(echo(ANA, '[Yes]', '[No]'))).toEqual({ kind: 'nothing' });
  });
});
