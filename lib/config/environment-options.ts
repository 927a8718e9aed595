import type { Issue } from '../errors/issue.js';
import { ConfigurationError } from '../errors/setup.errors.js';
import type { DtoValidator } from '../validation/index.js';
import { ACCOUNT_DEFINITIONS, type KnownAccountDefinition } from './accounts/account-definitions.js';
import type { ButtonMessagingOptions } from './button-messaging-options.interface.js';
import { isAccountOptions, validateAccount } from './validate-options.js';

type Environment = Readonly<Record<string, string | undefined>>;

type Variables = KnownAccountDefinition['environment'];

const DEFAULT_ACCOUNT = 'BUTTON_MESSAGING_DEFAULT_ACCOUNT';

/**
 * Adds the accounts of the environment variables, one for each provider with credentials. It is named after the provider.
 *
 * @throws ConfigurationError if credentials are missing or incomplete. It lists the names of the variables.
 */
export function optionsFromEnvironment(
  options: ButtonMessagingOptions,
  environment: Environment,
  validator: DtoValidator,
): ButtonMessagingOptions {
  const issues: Issue[] = [];
  const accounts = ACCOUNT_DEFINITIONS.flatMap(({ provider, environment: variables }) => {
    const account = accountFrom(provider, variables, environment);
    if (!account) return [];
    const missing = missingOf(variables, environment);
    issues.push(...(missing.length > 0 ? missing : rename(validateAccount(account, provider, validator), variables)));
    return isAccountOptions(account, validator) ? [account] : [];
  });
  if (issues.length === 0 && accounts.length === 0) issues.push(noAccount());
  const defaultAccount = options.defaultAccount ?? (environment[DEFAULT_ACCOUNT] || undefined);
  if (issues.length === 0 && defaultAccount !== undefined && !accounts.some(({ name }) => name === defaultAccount)) {
    issues.push(
      environmentIssue(DEFAULT_ACCOUNT, `${DEFAULT_ACCOUNT} must be the name of a provider with credentials`),
    );
  }
  if (issues.length > 0) throw new ConfigurationError(issues);
  return { ...options, accounts, ...(defaultAccount !== undefined && { defaultAccount }) };
}

function accountFrom(provider: string, variables: Variables, environment: Environment): object | undefined {
  const present = Object.entries({ ...variables.required, ...variables.optional })
    .map(([field, variable]) => [field, environment[variable]] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  return present.length > 0 ? { provider, name: provider, ...Object.fromEntries(present) } : undefined;
}

function missingOf(variables: Variables, environment: Environment): Issue[] {
  const needed = Object.values(variables.required);
  return needed
    .filter((variable) => !environment[variable])
    .map((variable) => environmentIssue(variable, `${variable} must be set if another variable of this provider is`));
}

function rename(issues: readonly Issue[], variables: Variables): Issue[] {
  const names: Record<string, string> = { ...variables.required, ...variables.optional };
  return issues.map((issue) => {
    const variable = names[issue.path.split('.').at(-1) ?? ''] ?? issue.path;
    return { ...issue, path: variable, message: issue.message.replace(issue.path, variable) };
  });
}

function noAccount(): Issue {
  const names = ACCOUNT_DEFINITIONS.map(({ environment: { required } }) => Object.values(required).join(' and '));
  return environmentIssue(
    'accounts',
    `no account is configured: pass accounts or resolveAccount, or set ${names.join(', or ')}`,
  );
}

function environmentIssue(path: string, message: string): Issue {
  return { path, rule: 'isSet', message };
}
