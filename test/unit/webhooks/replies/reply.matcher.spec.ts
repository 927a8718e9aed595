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

describe('An answer', () => {
  let bench: MatcherBench;
  beforeEach(() => {
    bench = new MatcherBench();
  });

  describe('that was typed', () => {
    beforeEach(() => bench.remember('m', ['Yes', 'No']));

    it('means a button of the last message to whoever wrote', async () => {
      expect(await bench.becomes(text(ANA, 'yes'))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text({ phone: '551188880001' }, 'yes'))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text(ANA, 'maybe'))).toEqual(words);
    });

    it.each<[what: string, event: ParsedEvent]>([
      ['another person', text(BEA, 'yes')],
      ['nobody', text({}, 'yes')],
      ['a member of a group', text(GROUP, 'yes')],
      ['another place', text(CHAT, 'yes', { hints: { notPrivate: true } })],
      ['somebody who quotes what is not ours', text(ANA, 'yes', { inReplyTo: 'X' })],
      ['a stranger who quotes ours', text({ ...BEA, group: 'g' }, 'yes', { inReplyTo: 'm-id' })],
    ])('answers nothing if it is of %s', async (_what, event) => expect(await bench.becomes(event)).toEqual(words));

    it('answers what it quotes, and names it also if it means no button', async () => {
      bench.remember('later', ['Yes', 'No']);
      expect(await bench.becomes(text(ANA, 'yes', { inReplyTo: 'm-id' }))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text(ANA, 'why?', { inReplyTo: 'm-id' }))).toEqual({ ...words, sent: 'm' });
    });

    it('answers only the last message, not one before it', async () => {
      bench.remember('later', ['Blue']);
      expect(await bench.becomes(text(ANA, 'yes'))).toEqual(words);
      expect(await bench.becomes(text(ANA, 'blue'))).toEqual(typed('Blue', 'later'));
    });

    it('is looked at part by part', async () => {
      expect(await bench.becomes(text(ANA, 'Hi\n\nyes', { hints: { parts: ['Hi', 'yes'] } }))).toEqual(
        typed('Yes', 'm'),
      );
      const both = text(ANA, 'no\n\nyes', { hints: { parts: ['no', 'yes'] } });
      expect(await bench.becomes(both)).toEqual(words);
      expect(bench.lines).toEqual(['An answer fits several buttons and was taken for none of them.']);
    });
  });

  describe('that was pressed', () => {
    beforeEach(() => {
      bench.remember('m', ['Yes', 'No']);
      bench.remember('later', ['Yes', 'Blue']);
    });

    it.each<[what: string, event: ParsedEvent, button: { id: string; title: string }, sent: string | undefined]>([
      ['by its id', press(ANA, '[Yes]', 'Yes', { inReplyTo: 'm-id' }), { id: '[Yes]', title: 'Yes' }, 'm'],
      ['by its id alone', press(ANA, '[No]', '', { inReplyTo: 'm-id' }), { id: '[No]', title: 'No' }, 'm'],
      [
        'by its label in the place of the id',
        press(ANA, 'No', 'No', { inReplyTo: 'm-id' }),
        { id: '[No]', title: 'No' },
        'm',
      ],
      ['by its title', press(ANA, '', 'no', { inReplyTo: 'm-id' }), { id: '[No]', title: 'No' }, 'm'],
      ['without a quote, of the last', press(ANA, '[Yes]', 'Yes'), { id: '[Yes]', title: 'Yes' }, 'later'],
      ['without a quote, of the one that offered it', press(ANA, '[No]', 'No'), { id: '[No]', title: 'No' }, 'm'],
      ['that was never offered', press(ANA, 'x', 'X', { inReplyTo: 'm-id' }), { id: 'x', title: 'X' }, undefined],
      [
        'of another message',
        press(ANA, '[Blue]', 'Blue', { inReplyTo: 'm-id' }),
        { id: '[Blue]', title: 'Blue' },
        undefined,
      ],
      ['of what is not ours', press(ANA, '[Yes]', 'Yes', { inReplyTo: 'X' }), { id: '[Yes]', title: 'Yes' }, undefined],
      ['that says nothing', press(ANA, '', ''), { id: '', title: '' }, undefined],
      ['in a group', press(GROUP, '[Yes]', 'Yes'), { id: '[Yes]', title: 'Yes' }, undefined],
    ])('is a button %s', async (_what, event, button, sent) => {
      expect(await bench.becomes(event)).toEqual({ kind: 'button-reply', button, ...(sent !== undefined && { sent }) });
    });

    it('is no link, and no title that two buttons have', async () => {
      const link = { id: 'l', title: 'Site', link: true } as const;
      bench.remember('links', [], { buttons: [link, { id: 'a', title: 'Same' }, { id: 'b', title: 'Same' }] });
      const of = { inReplyTo: 'links-id' };
      expect(await bench.becomes(press(ANA, 'l', 'Site', of))).not.toHaveProperty('sent');
      expect(await bench.becomes(press(ANA, '', 'Same', of))).not.toHaveProperty('sent');
      expect(await bench.becomes(press(ANA, 'b', 'Same', of))).toMatchObject({ button: { id: 'b' }, sent: 'links' });
    });

    it('keeps the provider’s id of a button that was given none', async () => {
      bench.remember('bare', [], { buttons: [{ id: '', title: 'Go' }] });
      const button = { id: 'p-1', title: 'Go' };
      expect(await bench.becomes(press(ANA, 'p-1', 'go'))).toEqual({ kind: 'button-reply', button, sent: 'bare' });
    });
  });

  describe('of somebody under another name', () => {
    const lid = { lid: '5555551@lid' };

    it('is matched by what was learned', async () => {
      bench.remember('m', ['Yes']);
      expect(await bench.becomes(text(lid, 'yes'))).toEqual(words);
      await bench.people.learn('z', { phone: ANA_KEY, ...lid });
      expect(await bench.becomes(text(lid, 'yes'))).toEqual(typed('Yes', 'm'));
    });

    it('is matched by the number that they had', async () => {
      bench.remember('m', ['Yes']);
      await bench.people.learnChange('z', { phone: ANA_KEY }, { phone: '551188880002' });
      expect(await bench.becomes(text(BEA, 'yes'))).toEqual(typed('Yes', 'm'));
    });

    it.each<[what: string, recipient: string, from: EventSender]>([
      ['number', ANA_KEY, lid],
      ['lid', lid.lid, ANA],
      ['user id', 'BR.a', ANA],
    ])('is matched in the private chat by its quote, which teaches who it is (%s)', async (_what, key, from) => {
      bench.remember('m', ['Yes'], { recipients: [key] });
      expect(await bench.becomes(text(from, 'yes', { inReplyTo: 'm-id' }))).toEqual(typed('Yes', 'm'));
      expect(await bench.becomes(text(from, 'yes'))).toEqual(typed('Yes', 'm'));
    });

    it.each<[what: string, recipients: string[], from: EventSender, more: Quote]>([
      ['what is known contradicts', [ANA_KEY], BEA, {}],
      ['it was nobody', [ANA_KEY], {}, {}],
      ['it was in a group', [ANA_KEY], { ...lid, group: 'g' }, {}],
      ['it was in another place', [ANA_KEY], lid, { hints: { notPrivate: true } }],
      ['the message went to a group', ['group:g'], ANA, {}],
      ['it is not known to whom it went', [], ANA, {}],
    ])('is of nobody if %s, whatever it quotes', async (_what, recipients, from, more) => {
      bench.remember('m', ['Yes'], { recipients });
      expect(await bench.becomes(text(from, 'yes', { inReplyTo: 'm-id', ...more }))).toEqual(words);
    });
  });

  it('in a group answers what went to the group, whoever wrote', async () => {
    bench.remember('m', ['Yes'], { recipients: ['group:g'] });
    expect(await bench.becomes(text(GROUP, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ group: 'g' }, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ ...ANA, group: 'h' }, 'yes'))).toEqual(words);
  });

  it('in a conversation answers what went there, and not what went to another of the same person', async () => {
    bench.remember('m', ['Yes'], { recipients: [ANA_KEY, 'conversation:c'] });
    expect(await bench.becomes(text(CHAT, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ conversation: 'c' }, 'yes'))).toEqual(typed('Yes', 'm'));
    expect(await bench.becomes(text({ ...ANA, conversation: 'd' }, 'yes'))).toEqual(words);
    bench.remember('by-phone', ['Blue']);
    expect(await bench.becomes(text(CHAT, 'blue'))).toEqual(typed('Blue', 'by-phone'));
  });

  it('that is no words concerns what it names, if that went to the sender; edits answer nothing', async () => {
    bench.remember('m', ['Yes']);
    const of = { inReplyTo: 'm-id' };
    expect(await bench.becomes(inbound(ANA, 'reaction', of))).toEqual({ kind: 'message', sent: 'm' });
    expect(await bench.becomes(inbound(BEA, 'reaction', of))).toEqual({ kind: 'message' });
    expect(await bench.becomes(inbound(ANA, 'image'))).toEqual({ kind: 'message' });
    expect(await bench.becomes(inbound(ANA, 'edit', of))).toEqual({ kind: 'message' });
    expect(await bench.becomes(inbound(ANA, 'revoke', of))).toEqual({ kind: 'message' });
  });

  it('is looked for in several messages that one id stands for, and in each message once', async () => {
    // One message under two keys of the same person.
    await bench.people.learn('z', { phone: ANA_KEY, lid: '5555551@lid' });
    bench.remember('m', ['Yes'], { recipients: [ANA_KEY, '5555551@lid'] });
    expect(await bench.becomes(press(ANA, '[Yes]', 'Yes'))).toEqual(pressed('Yes', 'm'));
    const match = await bench.matcher.match(echo(ANA, '[Yes]'));
    expect(match).toEqual({});
  });

  describe('that is a status', () => {
    const status = (messageIds: string[], hints?: EventHints): ParsedEvent => ({
      ...base,
      kind: 'message-status',
      status: 'failed',
      messageIds,
      ...(hints && { hints }),
    });

    it('is of the first message that one of its ids names', async () => {
      bench.remember('m', []);
      expect(await bench.becomes(status(['X', 'm-id']))).toEqual({ kind: 'message-status', sent: 'm' });
      expect(await bench.becomes(status(['X']))).toEqual({ kind: 'message-status' });
    });

    it('is another event if it is only one of a message of ours', async () => {
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

  it('that answers nothing is handed on as it came, without what only the matcher reads', async () => {
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
