import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventHints, EventSender, ParsedEvent } from '../../../../lib/events/messaging-event.interface.js';
import {
  ANA,
  ANA_KEY,
  BEA,
  base,
  CHAT,
  echo,
  GROUP,
  inbound,
  MatcherBench,
  press,
  pressed,
  type Quote,
  text,
  typed,
} from '../../../support/reply-matcher-fixture.js';

const words = { kind: 'text-message' };

describe('ReplyMatcher', () => {
  let bench: MatcherBench;
  beforeEach(() => {
    bench = new MatcherBench();
  });

  describe('with a typed reply', () => {
    beforeEach(() => bench.remember('m', ['Yes', 'No']));

    it('matches a button of the last message to the sender', async () => {
      expect(await bench.becomes(text(ANA, 'yes'))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text({ phone: '551188880001' }, 'yes'))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text(ANA, 'maybe'))).toEqual(words);
    });

    it.each<[what: string, event: ParsedEvent]>([
      ['another person', text(BEA, 'yes')],
      ['an unknown sender', text({}, 'yes')],
      ['a group member', text(GROUP, 'yes')],
      ['a sender outside the private chat', text(CHAT, 'yes', { hints: { notPrivate: true } })],
      ['a sender who quotes an unknown message', text(ANA, 'yes', { inReplyTo: 'X' })],
      ['another person who quotes a sent message', text({ ...BEA, group: 'g' }, 'yes', { inReplyTo: 'm-id' })],
    ])('matches nothing when the reply is from %s', async (_what, event) =>
      expect(await bench.becomes(event)).toEqual(words),
    );

    it('matches the quoted message, and names it when no button fits', async () => {
      bench.remember('later', ['Yes', 'No']);
      expect(await bench.becomes(text(ANA, 'yes', { inReplyTo: 'm-id' }))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text(ANA, 'why?', { inReplyTo: 'm-id' }))).toEqual({ ...words, sent: 'm' });
    });

    it('matches only the last message, not an earlier one', async () => {
      bench.remember('later', ['Blue']);
      expect(await bench.becomes(text(ANA, 'yes'))).toEqual(words);
      expect(await bench.becomes(text(ANA, 'blue'))).toEqual(typed('Blue', 'later'));
    });

    it('matches each part of the text, and nothing when two parts fit', async () => {
      expect(await bench.becomes(text(ANA, 'Hi\n\nyes', { hints: { parts: ['Hi', 'yes'] } }))).toEqual(
        typed('Yes', 'm'),
      );
      const both = text(ANA, 'no\n\nyes', { hints: { parts: ['no', 'yes'] } });
      expect(await bench.becomes(both)).toEqual(words);
      expect(bench.lines).toEqual(['A reply matches several buttons and was matched with none of them.']);
    });
  });

  describe('with a pressed button', () => {
    beforeEach(() => {
      bench.remember('m', ['Yes', 'No']);
      bench.remember('later', ['Yes', 'Blue']);
    });

    it.each<[what: string, event: ParsedEvent, button: { id: string; title: string }, sent: string | undefined]>([
      [
        'matches a button by its ID',
        press(ANA, '[Yes]', 'Yes', { inReplyTo: 'm-id' }),
        { id: '[Yes]', title: 'Yes' },
        'm',
      ],
      [
        'matches a button by its ID alone',
        press(ANA, '[No]', '', { inReplyTo: 'm-id' }),
        { id: '[No]', title: 'No' },
        'm',
      ],
      [
        'matches a button by its label in place of the ID',
        press(ANA, 'No', 'No', { inReplyTo: 'm-id' }),
        { id: '[No]', title: 'No' },
        'm',
      ],
      ['matches a button by its title', press(ANA, '', 'no', { inReplyTo: 'm-id' }), { id: '[No]', title: 'No' }, 'm'],
      [
        'matches a button without a quote with the last message',
        press(ANA, '[Yes]', 'Yes'),
        { id: '[Yes]', title: 'Yes' },
        'later',
      ],
      [
        'matches a button without a quote with the message that offered it',
        press(ANA, '[No]', 'No'),
        { id: '[No]', title: 'No' },
        'm',
      ],
      [
        'does not match a button that was never offered',
        press(ANA, 'x', 'X', { inReplyTo: 'm-id' }),
        { id: 'x', title: 'X' },
        undefined,
      ],
      [
        'does not match a button of another message than the quoted one',
        press(ANA, '[Blue]', 'Blue', { inReplyTo: 'm-id' }),
        { id: '[Blue]', title: 'Blue' },
        undefined,
      ],
      [
        'does not match a button that quotes an unknown message',
        press(ANA, '[Yes]', 'Yes', { inReplyTo: 'X' }),
        { id: '[Yes]', title: 'Yes' },
        undefined,
      ],
      ['does not match an empty button reply', press(ANA, '', ''), { id: '', title: '' }, undefined],
      [
        'does not match a button pressed in a group',
        press(GROUP, '[Yes]', 'Yes'),
        { id: '[Yes]', title: 'Yes' },
        undefined,
      ],
    ])('%s', async (_what, event, button, sent) => {
      expect(await bench.becomes(event)).toEqual({ kind: 'button-reply', button, ...(sent !== undefined && { sent }) });
    });

    it('matches no link and no title that two buttons share', async () => {
      const link = { id: 'l', title: 'Site', link: true } as const;
      bench.remember('links', [], { buttons: [link, { id: 'a', title: 'Same' }, { id: 'b', title: 'Same' }] });
      const of = { inReplyTo: 'links-id' };
      expect(await bench.becomes(press(ANA, 'l', 'Site', of))).not.toHaveProperty('sent');
      expect(await bench.becomes(press(ANA, '', 'Same', of))).not.toHaveProperty('sent');
      expect(await bench.becomes(press(ANA, 'b', 'Same', of))).toMatchObject({ button: { id: 'b' }, sent: 'links' });
    });

    it('keeps the provider’s ID of a button that was sent without one', async () => {
      bench.remember('bare', [], { buttons: [{ id: '', title: 'Go' }] });
      const button = { id: 'p-1', title: 'Go' };
      expect(await bench.becomes(press(ANA, 'p-1', 'go'))).toEqual({ kind: 'button-reply', button, sent: 'bare' });
    });
  });

  describe('with a sender who has several identifiers', () => {
    const lid = { lid: '5555551@lid' };

    it('matches by a learned identifier', async () => {
      bench.remember('m', ['Yes']);
      expect(await bench.becomes(text(lid, 'yes'))).toEqual(words);
      await bench.people.learn('z', { phone: ANA_KEY, ...lid });
      expect(await bench.becomes(text(lid, 'yes'))).toEqual(typed('Yes', 'm'));
    });

    it('matches by the former number', async () => {
      bench.remember('m', ['Yes']);
      await bench.people.learnChange('z', { phone: ANA_KEY }, { phone: '551188880002' });
      expect(await bench.becomes(text(BEA, 'yes'))).toEqual(typed('Yes', 'm'));
    });

    it.each<[what: string, recipient: string, from: EventSender]>([
      ['number', ANA_KEY, lid],
      ['LID', lid.lid, ANA],
      ['user ID', 'BR.a', ANA],
    ])('matches a quote in the private chat and learns the sender’s %s', async (_what, key, from) => {
      bench.remember('m', ['Yes'], { recipients: [key] });
      expect(await bench.becomes(text(from, 'yes', { inReplyTo: 'm-id' }))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text(from, 'yes'))).toEqual(typed('Yes', 'm'));
    });

    it.each<[what: string, recipients: string[], from: EventSender, more: Quote]>([
      ['known identifiers contradict it', [ANA_KEY], BEA, {}],
      ['the sender is unknown', [ANA_KEY], {}, {}],
      ['it is in a group', [ANA_KEY], { ...lid, group: 'g' }, {}],
      ['it is outside the private chat', [ANA_KEY], lid, { hints: { notPrivate: true } }],
      ['the message went to a group', ['group:g'], ANA, {}],
      ['the recipient is unknown', [], ANA, {}],
    ])('does not match a quote if %s', async (_what, recipients, from, more) => {
      bench.remember('m', ['Yes'], { recipients });
      expect(await bench.becomes(text(from, 'yes', { inReplyTo: 'm-id', ...more }))).toEqual(words);
    });
  });

  it('matches a group reply of any member with a message to the group', async () => {
    bench.remember('m', ['Yes'], { recipients: ['group:g'] });
    expect(await bench.becomes(text(GROUP, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ group: 'g' }, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ ...ANA, group: 'h' }, 'yes'))).toEqual(words);
  });

  it('matches a reply in a conversation with messages of that conversation only', async () => {
    bench.remember('m', ['Yes'], { recipients: [ANA_KEY, 'conversation:c'] });
    expect(await bench.becomes(text(CHAT, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ conversation: 'c' }, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ ...ANA, conversation: 'd' }, 'yes'))).toEqual(words);
    bench.remember('by-phone', ['Blue']);
    expect(await bench.becomes(text(CHAT, 'blue'))).toEqual(typed('Blue', 'by-phone'));
  });

  it('matches a reaction by its quote and sender, and never an edit or a revoke', async () => {
    bench.remember('m', ['Yes']);
    const of = { inReplyTo: 'm-id' };
    expect(await bench.becomes(inbound(ANA, 'reaction', of))).toEqual({ kind: 'message', sent: 'm' });
    expect(await bench.becomes(inbound(BEA, 'reaction', of))).toEqual({ kind: 'message' });
    expect(await bench.becomes(inbound(ANA, 'image'))).toEqual({ kind: 'message' });
    expect(await bench.becomes(inbound(ANA, 'edit', of))).toEqual({ kind: 'message' });
    expect(await bench.becomes(inbound(ANA, 'revoke', of))).toEqual({ kind: 'message' });
  });

  it('finds a message once when the same person has two keys', async () => {
    // One message stored under two keys of the same person.
    await bench.people.learn('z', { phone: ANA_KEY, lid: '5555551@lid' });
    bench.remember('m', ['Yes'], { recipients: [ANA_KEY, '5555551@lid'] });
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual(pressed('Yes', 'm'));
    const match = await bench.matcher.match(echo(ANA, '[Yes]'));
    expect(match).toEqual({});
  });

  describe('with a message status', () => {
    const status = (messageIds: string[], hints?: EventHints): ParsedEvent => ({
      ...base,
      kind: 'message-status',
      status: 'failed',
      messageIds,
      ...(hints && { hints }),
    });

    it('matches the first message that has one of the IDs', async () => {
      bench.remember('m', []);
      expect(await bench.becomes(status(['X', 'm-id']))).toEqual({ kind: 'message-status', sent: 'm' });
      expect(await bench.becomes(status(['X']))).toEqual({ kind: 'message-status' });
    });

    it('returns kind other for an unknown message when the status depends on a match', async () => {
      bench.remember('m', []);
      expect(await bench.becomes(status(['m-id'], { otherwise: 'NOTED' }))).toEqual({
        kind: 'message-status',
        sent: 'm',
      });
      const { event } = await bench.matcher.match(status(['X'], { otherwise: 'NOTED' }));
      expect(event).toEqual({
        kind: 'other',
        type: 'NOTED',
        provider: 'z-api',
        account: 'z',
        at: new Date(0),
        raw: {},
      });
    });
  });

  it('passes an event without a match on unchanged, without its hints', async () => {
    const connection = {
      provider: 'z-api',
      account: 'z',
      at: new Date(0),
      raw: {},
      kind: 'connection',
      connected: true,
    } as const;
    expect(await bench.matcher.match({ ...connection, hints: { repeatKey: 'x' } })).toEqual({ event: connection });
  });
});
