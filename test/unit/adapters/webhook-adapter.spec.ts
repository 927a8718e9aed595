import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAccount } from '../../../lib/config/accounts/account-definitions.js';
import type { EventSender, ParsedEvent } from '../../../lib/events/messaging-event.interface.js';
import type { CustomWebhook } from '../../../lib/index.js';
import { META_CASES, VOLT_CASES, Z_CASES } from '../../integration/webhooks/event-cases.js';
import { meta, metaMessage, SAMPLES, zReceived } from '../../integration/webhooks/fixtures.js';
import { eventsIn, parsed } from '../../support/parsed-events.js';
import { webhookOf } from '../../support/webhook-adapters.js';

/** Kinds covered by the shared cases. Other kinds have their own tables. */
const OF_THE_CASES: readonly string[] = ['button-reply', 'text-message', 'message-status', 'connection'];

/** Returns the events as they are dispatched when no sent message is stored. */
function handedOn(events: readonly ParsedEvent[]): object[] {
  return events.flatMap((event) => {
    if (event.kind === 'echo' || !OF_THE_CASES.includes(event.kind)) return [];
    const { hints = {}, ...said } = event;
    return hints.otherwise === undefined ? [said] : [];
  });
}

/** Lists every person in an event. */
function peopleIn(event: ParsedEvent): EventSender[] {
  switch (event.kind) {
    case 'echo':
      return [event.to];
    case 'identity':
      return [event.previous, event.current];
    case 'message-status':
      return event.recipient ? [event.recipient] : [];
    default:
      return 'from' in event ? [event.from] : [];
  }
}

/** Unexpected values for a field. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', ' ', '1@lid', '1@newsletter', 'status@broadcast', '1@g.us', '55 11', '55:3@c.us', 'BR.a', '٣'),
  fc.constantFrom(null, [], [null], {}, { toString: 'x' }, 1e308, -1, '9'.repeat(400)),
);

/** Generates bodies of a provider with unexpected values at any depth. */
function changedBodies(samples: readonly object[]): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 });
  return fc.tuple(fc.constantFrom(...samples), changes).map(([sample, places]) => {
    const body: unknown = structuredClone(sample);
    for (const [at, value] of places) replace(body, at, structuredClone(value));
    return body;
  });
}

function replace(node: unknown, at: number, value: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const keys = Object.keys(node);
  const key = keys[at % Math.max(keys.length, 1)];
  if (key === undefined) return;
  const inner: unknown = Reflect.get(node, key);
  const isDeeper = typeof inner === 'object' && inner !== null && Math.floor(at / 7) % 3 > 0;
  if (isDeeper) replace(inner, Math.floor(at / 3), value);
  else Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true });
}

const WHO = { phone: '55', senderLid: '1@lid', chatLid: '1@lid', participantPhone: '56', participantLid: '2@lid' };
const CONTACT = {
  wa_id: '5511',
  user_id: 'BR.a',
  parent_user_id: 'BR.ENT.b',
  profile: { name: 'Ana', username: 'ana' },
};
const MORE = {
  'z-api': [
    zReceived({ ...WHO, isGroup: true, image: { imageUrl: 'u', caption: 'c' } }),
    zReceived({ ...WHO, fromMe: true, buttonsMessage: { buttons: [{ buttonId: 'a' }] } }),
    zReceived({ ...WHO, isEdit: true, editMessageId: 'e', text: { message: 'x' } }),
  ],
  chatvolt: [],
  'whatsapp-cloud': [
    meta([metaMessage({ type: 'system', system: { type: 'user_changed_number', wa_id: '5512', body: 'b' } })]),
    { entry: [{ changes: [{ field: 'user_id_update', value: { user_id_update: [{ wa_id: '1', user_id: {} }] } }] }] },
    { entry: [{ time: 5, changes: [{ field: 'account_update', value: { event: 'ACCOUNT_DELETED' } }] }] },
    { entry: [{ changes: [{ field: 'messages', value: { contacts: [CONTACT], messages: [metaMessage()] } }] }] },
  ],
};

describe.each([
  ['z-api', 'z', Z_CASES],
  ['chatvolt', 'c', VOLT_CASES],
  ['whatsapp-cloud', 'w', META_CASES],
] as const)('Webhook adapter of %s: parse', (provider, account, cases) => {
  it.each(cases.map(([name, body, events]) => ({ name, body, events })))(
    'parses the case: $name',
    ({ body, events }) => {
      const found = handedOn(eventsIn(account, body));
      expect(found).toEqual(events.map((event) => ({ provider, account, raw: expect.any(Object), ...event })));
    },
  );

  it.each([null, undefined, 'words', 5, true, [], [{ type: 'ReceivedCallback' }], {}])(
    'returns no events for %j',
    (body) => {
      expect(parsed(account, body)).toEqual({ events: [], foreign: [] });
    },
  );

  it('never throws on a changed body and returns digits-only phone numbers', () => {
    fc.assert(
      fc.property(changedBodies([...SAMPLES[provider], ...MORE[provider]]), (body) => {
        for (const event of eventsIn(account, body)) {
          expect(Number.isNaN(event.at.getTime())).toBe(false);
          for (const person of peopleIn(event)) {
            expect(person.phone ?? '1').toMatch(/^[0-9]+$/);
            expect(person.lid ?? '1@lid').toMatch(/^[0-9]+@lid$/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('Webhook adapter of a custom provider: parse', () => {
  const webhook = (parse: CustomWebhook['parse']) => ({ isAuthentic: () => true, parse });
  const custom = (own?: CustomWebhook) =>
    createAccount({
      name: 'a',
      provider: {
        name: 'acme',
        map: () => ({ reasons: [] }),
        send: () => Promise.resolve({}),
        ...(own && { webhook: own }),
      },
    });

  it.each<[what: string, own: CustomWebhook | undefined, accounts: string[]]>([
    ['returns no events without a webhook', undefined, []],
    ['returns no events when the provider parses none', webhook(() => []), []],
    [
      'adds provider and account to the events of the provider',
      webhook(() => [{ kind: 'connection', connected: true, at: new Date(0), raw: {} }]),
      ['custom:acme a'],
    ],
  ])('%s', (_what, own, accounts) => {
    const account = custom(own);
    const { events, foreign } = webhookOf(account).parse({}, account, [account]);
    expect(events.map((event) => `${event.provider} ${event.account}`)).toEqual(accounts);
    expect(foreign).toEqual([]);
  });
});

describe('Webhook adapter: bodies of another account', () => {
  const anything = (provider: 'z-api' | 'chatvolt') => changedBodies([...SAMPLES[provider], ...MORE[provider]]);
  const others = fc.string({ minLength: 1 }).filter((text) => text !== 'A20DA9C0183A2D35A260F53F5D2B9244');

  it('reports a body of another Z-API instance as foreign', () => {
    fc.assert(
      fc.property(anything('z-api'), others, (body, instanceId) => {
        expect(parsed('z', { ...Object(body), instanceId })).toEqual({
          events: [],
          foreign: ['its instanceId is not the account’s'],
        });
      }),
    );
  });

  it('reports a body of another Chatvolt agent as foreign', () => {
    fc.assert(
      fc.property(anything('chatvolt'), others, (body, agent) => {
        const { events, foreign } = parsed('c', { ...Object(body), eventType: 'X', agentId: `${agent}x` });
        expect([events, foreign]).toEqual([[], ['its agentId is not the account’s']]);
      }),
    );
  });

  it('reports a body of an unconfigured Cloud API number as foreign', () => {
    fc.assert(
      fc.property(fc.array(odd), fc.array(odd), fc.string(), (messages, statuses, number) => {
        const metadata = { phone_number_id: `other ${number}` };
        const body = { entry: [{ changes: [{ field: 'messages', value: { metadata, messages, statuses } }] }] };
        expect(parsed('no-app', body)).toEqual({
          events: [],
          foreign: ['its phone_number_id is not the account’s'],
        });
      }),
    );
  });

  it.each([
    ['z', { type: 'X' }],
    ['any-agent', { eventType: 'X', agentId: 'agent-7' }],
    ['c', { eventType: 'X' }],
  ])('accepts a body without an identifier, or for an account that accepts any (%s %j)', (account, body) => {
    expect(parsed(account, body)).toEqual({
      events: [expect.objectContaining({ kind: 'other', account })],
      foreign: [],
    });
  });
});
