import { createHash, timingSafeEqual } from 'node:crypto';
import type { Account } from '../config/accounts/account.js';
import type { Secret } from '../config/accounts/secret.js';
import type { ParsedWebhook } from '../events/messaging-event.interface.js';
import type { WebhookRequest } from '../events/webhook-request.interface.js';

export type { WebhookRequest };

/** Verifies and parses a provider's webhooks. */
export interface WebhookAdapter<A extends Account = Account> {
  /** Checks if the request comes from the provider, in constant time. */
  isAuthentic(request: WebhookRequest, account: A): boolean;

  /**
   * Checks the headers before the body is read. Returns undefined if the body is needed. Without this method,
   * `isAuthentic` needs no body.
   */
  verifyHead?(head: WebhookRequest, account: A): boolean | undefined;

  /** Explains why a request is not authentic, for the log. The text contains nothing from the request. */
  describeMismatch(request: WebhookRequest, account: A): string;

  /** Returns the response to the provider's verification request, or undefined to reject it. */
  challenge?(request: WebhookRequest, account: A): string | undefined;

  /** Explains why a verification request is rejected, for the log. */
  describeChallengeMismatch?(request: WebhookRequest, account: A): string;

  /**
   * Parses the events of a body. Several accounts may share one URL: `others` finds one of them, if the request is
   * authentic for it.
   */
  parse(body: unknown, account: A, others: AuthenticAccounts<A>): ParsedWebhook;
}

/** The accounts of the provider for which the request is authentic. */
export interface AuthenticAccounts<A extends Account> {
  find(fits: (account: A) => boolean): A | undefined;
}

/** Compares a value with all secrets, in constant time. */
export function matchesAnySecret(value: unknown, secrets: readonly Secret[]): boolean {
  const given = digest(typeof value === 'string' ? value : '');
  const matches = secrets.map((secret) => timingSafeEqual(given, digest(secret.reveal())));
  return typeof value === 'string' && value !== '' && matches.includes(true);
}

/** A credential of a request, and what it must match. */
export interface CredentialCheck {
  /** The provider's name of the credential. */
  name: string;
  given: unknown;
  /** The option of the account that contains the secrets. */
  option: string;
  secrets: readonly Secret[];
}

/** Explains why a credential does not match. */
export function describeMismatch({ name, given, option, secrets }: CredentialCheck): string {
  if (secrets.length === 0) return `the account has no ${option}`;
  return given === undefined || given === '' ? `${name} is missing` : `${name} does not match`;
}

/** Returns a header that occurs once. */
export function headerOf(request: WebhookRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
