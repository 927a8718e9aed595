import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { errorName } from '../../errors/error-name.js';
import type { Issue } from '../../errors/issue.js';
import { InvalidMessageError } from '../../errors/message.errors.js';
import { boundedTo } from '../../message/bounded-to.js';
import type { Template } from '../../message/message.interface.js';
import { MessagingLogger } from '../../telemetry/messaging.logger.js';
import { ProviderClient } from '../provider.client.js';
import { requestContext } from '../send-context.js';
import { templateIssues, unknownTemplateIssue } from './template-check.js';
import { templatePageRead } from './whatsapp-cloud.business-account.js';
import type { CloudTemplate } from './whatsapp-cloud.templates.js';

const FRESH_MS = 10 * 60 * 1_000;
/** A template that does not fit may have been approved or changed in the meantime. */
const RECHECK_MS = 30_000;
const READ_WITHIN_MS = 5_000;
const MAX_NAMES = 1_000;

/** The templates of one name, in all their languages. Undefined if they could not be read. */
interface ListedName {
  readAt: number;
  templates: Promise<CloudTemplate[] | undefined>;
}

/** Compares templates with the approved ones before they are sent. Reads each name at most every ten minutes. */
@Injectable()
export class ApprovedTemplates {
  private readonly accounts = new WeakMap<WhatsAppCloudAccount, LRUCache<string, ListedName>>();

  constructor(
    private readonly client: ProviderClient,
    private readonly logger: MessagingLogger,
  ) {}

  /**
   * Checks a template. If Meta's list cannot be read, every template passes, because Meta checks it, too.
   *
   * @throws InvalidMessageError with paths such as `template.body`.
   */
  async check(template: Template, account: WhatsAppCloudAccount): Promise<void> {
    const issues = await this.issuesOf(template, account, FRESH_MS);
    if (issues.length === 0) return;
    const current = await this.issuesOf(template, account, RECHECK_MS);
    if (current.length > 0)
      throw new InvalidMessageError(current, { provider: account.provider, account: account.name });
  }

  private async issuesOf(template: Template, account: WhatsAppCloudAccount, maxAgeMs: number): Promise<Issue[]> {
    const listed = await this.listed(template.name, account, maxAgeMs);
    if (!listed) return [];
    // The filter also finds names that contain the name.
    const named = listed.filter(({ name }) => name === template.name);
    const approved = named.find(({ language }) => language === template.language);
    if (approved) return templateIssues(template, approved);
    const languages = named.map(({ language }) => language);
    return [unknownTemplateIssue(template, languages)];
  }

  private listed(name: string, account: WhatsAppCloudAccount, maxAgeMs: number): ListedName['templates'] {
    const names = this.accounts.get(account) ?? new LRUCache<string, ListedName>(boundedTo(MAX_NAMES));
    this.accounts.set(account, names);
    const known = names.get(name);
    if (known && performance.now() - known.readAt < maxAgeMs) return known.templates;
    const templates = this.read(name, account);
    names.set(name, { readAt: performance.now(), templates });
    return templates;
  }

  private async read(name: string, account: WhatsAppCloudAccount): ListedName['templates'] {
    const context = requestContext({ deadlineMs: READ_WITHIN_MS });
    try {
      const { templates, after } = await this.client.read(templatePageRead(account, { name }, undefined), context);
      const isComplete = after === undefined || templates.some((each) => each.name === name);
      return isComplete ? templates : undefined;
    } catch (error) {
      const { provider, name: accountName } = account;
      this.logger.warn(
        `Cannot read the templates of account ${accountName}: ${errorName(error)}. Templates are sent without the check.`,
        { provider, account: accountName },
      );
      return undefined;
    }
  }
}
