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

describe('ReplyMatcher with a message of unknown outcome', () => {
  let bench: MatcherBench;
  beforeEach(() => {
    bench = new MatcherBench();
  });

  const unknown = { isUnknown: true, messageIds: [] };

  it('confirms the message by a pressed button and reports its ID', async () => {
    bench.remember('u', ['Yes'], unknown);
    const proof = { ...pressed('Yes', 'u'), proves: { messageId: 'NEW' } };
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes', { inReplyTo: 'NEW' }))).toEqual(proof);
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual({ ...pressed('Yes', 'u'), proves: {} });
  });

  it('confirms nothing when two messages offer the button', async () => {
    bench.remember('m', ['Yes']);
    bench.remember('u', ['Yes'], unknown);
    const plain = { kind: 'button-reply', button: { id: '[Yes]', title: 'Yes' } };
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual(plain);
    bench.remember('u2', ['Yes'], unknown);
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes', { inReplyTo: 'NEW' }))).toEqual(plain);
  });

  it('matches a typed reply that fits only one of the last two messages', async () => {
    bench.remember('m', ['Yes', 'No']);
    bench.remember('u', ['No', 'Blue'], unknown);
    expect(await bench.becomes(text(ANA, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text(ANA, 'blue'))).toEqual(typed('Blue', 'u'));
    expect(await bench.becomes(text(ANA, 'no'))).toEqual(words);
    expect(bench.lines).toHaveLength(1);
  });

  it('does not match a text or an image by its quote', async () => {
    bench.remember('u', ['Yes'], { isUnknown: true });
    expect(await bench.becomes(text(ANA, 'why?', { inReplyTo: 'u-id' }))).toEqual(words);
    expect(await bench.becomes(inbound(ANA, 'image', { inReplyTo: 'u-id' }))).toEqual({ kind: 'message' });
  });

  it('matches normally once the outcome is known', async () => {
    bench.remember('u', ['Yes'], unknown);
    bench.remember('u', ['Yes'], { messageIds: ['NEW'] });
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual(pressed('Yes', 'u'));
    expect(await bench.becomes(echo(ANA, '[Yes]'))).toEqual({ kind: 'nothing' });
  });

  it('confirms the message by an echo with all its buttons if no other has them', async () => {
    bench.remember('u', ['Yes', 'No'], unknown);
    expect(await bench.becomes(echo(ANA, '[Yes]', '[No]'))).toEqual({ kind: 'nothing', proves: { messageId: 'E1' } });
    expect(await bench.becomes(echo(ANA, '[Yes]', '[X]'))).toEqual({ kind: 'nothing' });
    expect(await bench.becomes(echo(BEA, '[Yes]'))).toEqual({ kind: 'nothing' });
    bench.remember('u2', ['Yes', 'No'], unknown);
    expect(await bench.becomes(echo(ANA, '[Yes]', '[No]'))).toEqual({ kind: 'nothing' });
  });
});
