import { deepStrictEqual, doesNotThrow, ok, rejects, strictEqual } from 'node:assert';
import type { CustomMapping, CustomMessage, CustomProvider } from '../config/accounts/custom-provider.interface.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { RateLimitedError } from '../errors/provider.errors.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { textFallback } from '../message/text-fallback.js';

/** A provider under test, and controls of its simulated API. @publicApi */
export interface ProviderContractSubject {
  provider: CustomProvider;
  /** Returns the number of accepted messages. */
  accepted(): number;
  /** Makes the API respond to the next request with a rate limit. */
  limitNext(): void;
  /** Makes the API leave the next request without a response. */
  silenceNext(): void;
  /** Closes the API after each test case. */
  close?(): Promise<void> | void;
}

/** A test case of the contract. @publicApi */
export interface ProviderContractClause {
  /** The title of the test case. */
  name: string;
  /** Runs the test case. Rejects if the provider violates it. */
  run: () => Promise<void>;
}

const MESSAGE: ButtonMessage = {
  to: '5511999999999',
  text: 'Does ten o’clock suit you?',
  buttons: [
    { type: 'reply', id: 'yes', title: 'Yes' },
    { type: 'reply', id: 'no', title: 'No' },
  ],
};

const OTHER_BUTTONS: ButtonMessage['buttons'] = [
  { type: 'url', title: 'More', url: 'https://example.com' },
  { type: 'call', title: 'More', phone: '551133334444' },
  { type: 'copy', title: 'More', code: '123456' },
];

/** Bodies that anyone may post. */
const GARBAGE: readonly unknown[] = [undefined, null, 0, '', 'text', [], {}, { kind: {} }, [null], { text: 1 }];

/**
 * Returns the test cases of a custom provider, for any test runner. Each creates its own subject.
 *
 * @example
 * test.each(providerContract(() => startAcme()))('$name', ({ run }) => run());
 *
 * @publicApi
 */
export function providerContract(
  start: () => ProviderContractSubject | Promise<ProviderContractSubject>,
): ProviderContractClause[] {
  return CLAUSES.map(({ name, holds }) => ({
    name,
    run: async () => {
      const subject = await start();
      try {
        await holds(subject);
      } finally {
        await subject.close?.();
      }
    },
  }));
}

const CLAUSES: readonly { name: string; holds(subject: ProviderContractSubject): Promise<void> }[] = [
  {
    name: 'has a name of lower-case letters, digits and hyphens',
    holds: async ({ provider }) => ok(/^[a-z0-9-]{1,50}$/.test(provider.name), `the name is "${provider.name}"`),
  },
  {
    name: 'maps a message in the same way each time, and leaves it as it is',
    holds: async ({ provider }) => {
      const before = JSON.stringify(MESSAGE);
      deepStrictEqual(provider.map(MESSAGE), provider.map(MESSAGE));
      strictEqual(JSON.stringify(MESSAGE), before);
    },
  },
  {
    name: 'gives reasons if it does not support a message',
    holds: async ({ provider }) => {
      for (const button of OTHER_BUTTONS) {
        const mapping = provider.map({ ...MESSAGE, buttons: [button] });
        if ('reasons' in mapping) ok(mapping.reasons.length > 0 && mapping.reasons.every(isText), `of ${button.type}`);
        else isMessage(mapping);
      }
    },
  },
  {
    name: 'sends every title and ID of reply buttons',
    holds: async ({ provider }) => {
      const body = JSON.stringify(messageOf(provider.map(MESSAGE)).body);
      for (const expected of ['Yes', 'No', 'yes', 'no', MESSAGE.text]) {
        ok(body.includes(JSON.stringify(expected).slice(1, -1)), `"${expected}" is not in the body`);
      }
    },
  },
  {
    name: 'sends the whole text fallback, if it supports texts',
    holds: async ({ provider }) => {
      if (!provider.mapText) return;
      const text = textFallback(MESSAGE);
      const body = JSON.stringify(messageOf(provider.mapText(MESSAGE, text)).body);
      ok(body.includes(JSON.stringify(text).slice(1, -1)), 'the text is not in the body');
    },
  },
  {
    name: 'sends once, and returns a unique ID for each message, if any',
    holds: async ({ provider, accepted }) => {
      const one = await provider.send(messageOf(provider.map(MESSAGE)), circumstances());
      const other = await provider.send(messageOf(provider.map(MESSAGE)), circumstances());
      strictEqual(accepted(), 2);
      if (one.messageId !== undefined) ok(one.messageId !== other.messageId, 'two messages have the same ID');
    },
  },
  {
    name: 'reports `not-sent` if the provider rejects the request',
    holds: async ({ provider, accepted, limitNext }) => {
      limitNext();
      const sent = provider.send(messageOf(provider.map(MESSAGE)), circumstances());
      await rejects(sent, (error) => error instanceof RateLimitedError && error.outcome === 'not-sent');
      strictEqual(accepted(), 0);
    },
  },
  {
    name: 'ends when its signal aborts, without reporting `not-sent`',
    holds: async ({ provider, silenceNext }) => {
      silenceNext();
      const end = new AbortController();
      const sent = provider.send(messageOf(provider.map(MESSAGE)), { signal: end.signal });
      setTimeout(() => end.abort(), 20);
      await rejects(sent, (error) => !(error instanceof ButtonMessagingError) || error.outcome === 'unknown');
    },
  },
  {
    name: 'rejects webhooks without credentials, and parses any body without throwing',
    holds: async ({ provider }) => {
      const { webhook } = provider;
      if (!webhook) return;
      strictEqual(webhook.isAuthentic({ headers: {}, rawBody: new Uint8Array() }), false);
      for (const body of GARBAGE) doesNotThrow(() => ok(Array.isArray(webhook.parse(body))));
    },
  },
];

function circumstances() {
  return { signal: new AbortController().signal };
}

function messageOf(mapping: CustomMapping): CustomMessage {
  if ('reasons' in mapping) throw new Error(`It does not support two reply buttons: ${mapping.reasons.join('; ')}`);
  isMessage(mapping);
  return mapping;
}

function isMessage({ operation, recipient, body }: CustomMessage): void {
  ok(isText(operation), 'operation must be a non-empty string');
  ok(isText(recipient), 'recipient must be a non-empty string');
  ok(typeof body === 'object' && body !== null, 'body must be an object');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
