import type { Issue } from '../errors/issue.js';
import { suggestionFor } from '../validation/closest-name.js';
import type { DtoValidator } from '../validation/index.js';
import { isRecord } from '../validation/is-record.js';
import { NamedAccountDto } from './accounts/account-base.js';
import { accountDefinitionOf, PROVIDER_NAMES } from './accounts/account-definitions.js';
import type { AccountOptions } from './accounts/account-options.interface.js';
import type { ButtonMessagingOptions, WebhookOptions } from './button-messaging-options.interface.js';
import { EXTRA_NAMES } from './check-registration.js';
import { BreakerOptionsDto, OptionsDto, WebhookOptionsDto } from './options.dto.js';

/** Validates the options of one account below `path`. */
export function validateAccount(account: unknown, path: string, validator: DtoValidator): Issue[] {
  if (!isRecord(account)) return [{ path, rule: 'isObject', message: `${path} must be an object` }];
  if (isRecord(account.provider)) return validateCustomAccount(account, account.provider, path, validator);
  const definition = accountDefinitionOf(account.provider);
  if (!definition) {
    const message = `${path}.provider must be one of ${PROVIDER_NAMES.join(', ')}, or a custom provider`;
    return [{ path: `${path}.provider`, rule: 'isIn', message }];
  }
  return validator.validate(definition.rules, account, undefined, path);
}

function validateCustomAccount(
  { provider: _, ...account }: Record<string, unknown>,
  provider: Record<string, unknown>,
  path: string,
  validator: DtoValidator,
): Issue[] {
  const named = typeof provider.name === 'string' && /^[a-z0-9-]{1,50}$/.test(provider.name);
  const able = typeof provider.map === 'function' && typeof provider.send === 'function';
  const issues = validator.validate(NamedAccountDto, account, undefined, path);
  if (named && able) return issues;
  const message = `${path}.provider must have the methods map and send, and a name of lower-case letters, digits and hyphens`;
  return [{ path: `${path}.provider`, rule: 'isProvider', message }, ...issues];
}

export function isAccountOptions(account: unknown, validator: DtoValidator): account is AccountOptions {
  return validateAccount(account, '', validator).length === 0;
}

/** Validates the options of the module, and `webhooks`, which is separate from them. */
export function validateOptions(options: ButtonMessagingOptions, webhooks: unknown, validator: DtoValidator): Issue[] {
  if (!isRecord(options)) return [{ path: '', rule: 'isObject', message: 'the options must be an object' }];
  const { accounts, breaker, ...others } = options;
  return [
    ...validateAccounts(accounts, validator),
    ...(breaker === undefined || breaker === false
      ? []
      : validator.validate(BreakerOptionsDto, breaker, undefined, 'breaker')),
    ...validateOtherOptions(others, validator),
    ...validateDefaultAccount(options),
    ...validateWebhooks(webhooks, validator),
  ];
}

/** Returns the names of the options that a factory may return. */
export function optionNames(validator: DtoValidator): string[] {
  return [...validator.fieldsOf(OptionsDto), 'accounts', 'breaker'];
}

/** Validates the options of a fixed type. Those of the module itself are only present in the result of a factory. */
function validateOtherOptions(options: Record<string, unknown>, validator: DtoValidator): Issue[] {
  const misplaced = EXTRA_NAMES.filter((name) => options[name] !== undefined);
  const others = Object.fromEntries(Object.entries(options).filter(([name]) => !EXTRA_NAMES.includes(name)));
  const issues = validator.validate(OptionsDto, others).map((issue) => {
    if (issue.rule !== 'unknownField' || !Object.hasOwn(others, issue.path)) return issue;
    const suggestion = suggestionFor(issue.path, [...optionNames(validator), ...EXTRA_NAMES]);
    return { ...issue, message: `${issue.path} is unknown${suggestion}` };
  });
  return [...misplaced.map(misplacedIssue), ...issues];
}

function misplacedIssue(path: string): Issue {
  const message = `${path} must be passed to forRootAsync directly, not returned by the factory`;
  return { path, rule: 'misplaced', message };
}

export function isWebhookOptions(webhooks: unknown, validator: DtoValidator): webhooks is WebhookOptions {
  return isMounted(webhooks) && validateWebhooks(webhooks, validator).length === 0;
}

function isMounted(webhooks: unknown): boolean {
  return webhooks !== undefined && webhooks !== false;
}

function validateWebhooks(webhooks: unknown, validator: DtoValidator): Issue[] {
  return isMounted(webhooks) ? validator.validate(WebhookOptionsDto, webhooks, undefined, 'webhooks') : [];
}

function validateAccounts(accounts: unknown, validator: DtoValidator): Issue[] {
  if (accounts === undefined) return [];
  if (!Array.isArray(accounts)) return [{ path: 'accounts', rule: 'isList', message: 'accounts must be an array' }];
  const names = new Set<unknown>();
  return accounts.flatMap((account, index) => {
    const path = `accounts[${index}]`;
    const issues = validateAccount(account, path, validator);
    const name = isRecord(account) ? account.name : undefined;
    if (name !== undefined && names.has(name)) {
      const message = `${path}.name must be unique, but an earlier account has the same name`;
      issues.push({ path: `${path}.name`, rule: 'uniqueBy', message });
    }
    names.add(name);
    return issues;
  });
}

function validateDefaultAccount({ accounts, defaultAccount, resolveAccount }: ButtonMessagingOptions): Issue[] {
  if (!Array.isArray(accounts) || resolveAccount !== undefined) return [];
  if (accounts.length === 0) {
    return [{ path: 'accounts', rule: 'isList', message: 'accounts must contain at least one account' }];
  }
  if (defaultAccount === undefined || accounts.some((account) => account?.name === defaultAccount)) return [];
  const message = 'defaultAccount must be the name of one of the accounts';
  return [{ path: 'defaultAccount', rule: 'isIn', message }];
}
