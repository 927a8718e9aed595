import { createHash, timingSafeEqual } from 'node:crypto';
import type { Account } from '../config/accounts/account.js';
import type { Secret } from '../config/accounts/secret.js';
import type { ParsedWebhook } from '../events/messaging-event.interface.js';
import type { WebhookRequest } from '../events/webhook-request.interface.js';
import { isRecord } from '../validation/is-record.js';

export type { WebhookRequest };

/** How a provider's webhooks are let in and understood. */
export interface WebhookAdapter<A extends Account = Account> {
  /** Whether the request proves that it comes from the provider. Takes as long whatever is wrong. */
  isAuthentic(request: WebhookRequest, account: A): boolean;

  /**
   * The same, said before the body is read; undefined if the body has to be seen. Absent: `isAuthentic` needs no body.
   */
  judgeHead?(head: WebhookRequest, account: A): boolean | undefined;

  /** What is wrong with a request that is not let in, for the log: words that repeat nothing of what it brought. */
  describeMismatch(request: WebhookRequest, account: A): string;

  /** The answer to the provider's question whether this address is ours; undefined where it must be refused. */
  challenge?(request: WebhookRequest, account: A): string | undefined;

  /** What is wrong with such a question that is refused, in words of the same kind. */
  describeChallengeMismatch?(request: WebhookRequest, account: A): string;

  /**
   * The events in a body. One address may serve several accounts of the provider: `others` finds one of them, if the
   * request is authentic for it too.
   */
  parse(body: unknown, account: A, others: ProvenAccounts<A>): ParsedWebhook;
}

/** The accounts of the provider for which the request is authentic. */
export interface ProvenAccounts<A extends Account> {
  find(fits: (account: A) => boolean): A | undefined;
}

/** Whether a value is one of the secrets. All are compared, hashed, so that time tells nothing. */
export function matchesAnySecret(value: unknown, secrets: readonly Secret[]): boolean {
  const given = digest(typeof value === 'string' ? value : '');
  const matches = secrets.map((secret) => timingSafeEqual(given, digest(secret.reveal())));
  return typeof value === 'string' && value !== '' && matches.includes(true);
}

/** What a request was to prove itself by. */
export interface CredentialCheck {
  /** As the provider calls it. */
  name: string;
  given: unknown;
  /** The option of the account, and what stands there. */
  option: string;
  secrets: readonly Secret[];
}

/** Why a proof did not do. */
export function describeMismatch({ name, given, option, secrets }: CredentialCheck): string {
  if (secrets.length === 0) return `the account has no ${option}`;
  return given === undefined || given === '' ? `${name} is missing` : `${name} does not match`;
}

/** A header that came once. */
export function headerOf(request: WebhookRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Text in a field, where it is text and not empty. */
export function textIn(value: unknown, ...path: string[]): string | undefined {
  const found = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The items of a list in a field; none if it is not a list. */
export function listIn(value: unknown, field: string): unknown[] {
  const list = isRecord(value) ? value[field] : undefined;
  return Array.isArray(list) ? list : [];
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
