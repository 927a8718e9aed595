import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { isLoopback } from '../../config/loopback.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { IsText, Optional } from '../../validation/index.js';
import { createRuleDecorator } from '../../validation/rule.js';
import { isUrl } from '../../validation/rules/address.rules.js';
import type { ReadCall } from '../provider.client.js';
import type { ReadOptions } from '../send-context.js';
import { whatsAppCloudRequestBuilder } from './whatsapp-cloud.request-builder.js';
import { readSuccess } from './whatsapp-cloud.responses.js';
import { readTemplates, TEMPLATE_FIELDS, type TemplatePage } from './whatsapp-cloud.templates.js';

/** Selects templates. Without a filter, all are listed. @publicApi */
export interface CloudTemplateFilter {
  /** Part of the name. */
  name?: string;
  /** Such as `APPROVED`, `PENDING`, `REJECTED` or `PAUSED`. */
  status?: string;
  /** A language code, such as `pt_BR`. */
  language?: string;
  /** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
  category?: string;
}

/** The options of `listTemplates`. The timeouts apply to each page. @publicApi */
export interface ListTemplatesOptions extends ReadOptions, CloudTemplateFilter {}

/** The rules of `CloudTemplateFilter`. */
export class TemplateFilterDto {
  @Optional()
  @IsText()
  name?: string;

  @Optional()
  @IsText()
  status?: string;

  @Optional()
  @IsText()
  language?: string;

  @Optional()
  @IsText()
  category?: string;
}

/** An https URL, or an http URL of this machine, for a server that stands for Meta's. */
const IsCallbackUrl = createRuleDecorator('isCallbackUrl', {
  validate: (value) => isUrl(value, ['https']) || (isUrl(value, ['http']) && isLoopback(new URL(value).hostname)),
  message: '$property must be an https URL without a user name; http is only allowed for loopback addresses',
});

/** The rules of a subscription. */
export class SubscriptionDto {
  @IsCallbackUrl()
  url!: string;
}

const PAGE_SIZE = 100;

/** Reads a page of the templates. @throws ConfigurationError if the account has no `businessAccountId`. */
export function templatePageRead(
  account: WhatsAppCloudAccount,
  filter: CloudTemplateFilter,
  after: string | undefined,
): ReadCall<TemplatePage> {
  const given = Object.entries({ ...filter, after }).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams({
    fields: TEMPLATE_FIELDS,
    limit: String(PAGE_SIZE),
    ...Object.fromEntries(given),
  });
  const path = `${businessPath(account)}/message_templates?${query}`;
  return {
    account,
    operation: 'message-templates',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) => builder.get(path),
    read: (response) => readTemplates(response, account),
    sampleBody: () => ({ data: [] }),
  };
}

/**
 * Sets the webhook URL of the business account.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
 *
 * @throws ConfigurationError if the account has no `businessAccountId` or no `verifyToken`.
 */
export function subscription(account: WhatsAppCloudAccount, url: string): ReadCall<void> {
  const path = `${businessPath(account)}/subscribed_apps`;
  const verifyToken = account.verifyToken;
  if (!verifyToken) throw missing(account, 'verifyToken', 'subscribe needs the verifyToken of the account');
  return {
    account,
    operation: 'subscribed-apps',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) =>
      builder.post(path, JSON.stringify({ override_callback_uri: url, verify_token: verifyToken.reveal() })),
    read: (response) => readSuccess(response, account),
    sampleBody: () => ({ success: true }),
  };
}

function businessPath(account: WhatsAppCloudAccount): string {
  const { businessAccountId } = account;
  requireGraphPath(account);
  if (businessAccountId === undefined) {
    throw missing(account, 'businessAccountId', 'this call needs the businessAccountId of the account');
  }
  return `/${encodeURIComponent(businessAccountId)}`;
}

/** @throws ConfigurationError if the provider of the account has no paths of the Graph API except those that send. */
export function requireGraphPath(account: WhatsAppCloudAccount): void {
  if (account.path !== '') return;
  throw missing(account, 'path', "path is empty, so the provider has no such call; use the provider's own API");
}

function missing({ provider, name }: WhatsAppCloudAccount, option: string, message: string): ConfigurationError {
  return new ConfigurationError([{ path: option, rule: 'isSet', message }], { provider, account: name });
}
