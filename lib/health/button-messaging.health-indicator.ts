import type { ModuleRef } from '@nestjs/core';
import type { HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import { requestContext } from '../adapters/send-context.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { findingOf, findingOfHealth, type HealthFinding } from './health-finding.js';
import type { HealthSettings } from './health-options.interface.js';
import type { RecentFindings } from './recent-findings.js';

/** The health of an account. @publicApi */
export interface AccountHealth extends HealthFinding {
  /** `z-api`, `chatvolt` or `whatsapp-cloud`. Missing if the account is unknown. */
  provider?: string;
}

/**
 * Checks for Terminus if accounts can send: Z-API's instance is connected, Chatvolt has the agent, the Cloud API has
 * the phone number.
 *
 * @example
 * \@Get('health')
 * \@HealthCheck()
 * check() {
 *   return this.health.check([() => this.messaging.check('messaging')]);
 * }
 *
 * @publicApi
 */
export class ButtonMessagingHealthIndicator {
  constructor(
    private readonly modules: ModuleRef,
    private readonly indicators: HealthIndicatorService,
    private readonly findings: RecentFindings<AccountHealth>,
    private readonly settings: HealthSettings,
  ) {}

  /**
   * Checks one account, or all configured accounts. The result contains each: `accounts.support.status`, `.reason`. It
   * is down if one of them is. The check takes at most `timeoutMs`. Results are cached for `cacheMs`.
   */
  async check<const Key extends string>(
    key: Key,
    account?: string,
  ): Promise<HealthIndicatorResult<Key, 'up' | 'down', { accounts: Record<string, AccountHealth> }>> {
    const names = account === undefined ? this.configured() : [account];
    const entries = await Promise.all(
      names.map(async (name) => [name, await this.findings.of(name, () => this.ask(name))] as const),
    );
    const healthy = entries.every(([, { status }]) => status === 'up');
    const accounts: Record<string, AccountHealth> = Object.fromEntries(entries);
    const session = this.indicators.check(key);
    return healthy ? session.up({ accounts }) : session.down({ accounts });
  }

  private configured(): string[] {
    return this.modules.get(ButtonMessagingConfig, { strict: false }).accounts.map(({ name }) => name);
  }

  private async ask(name: string): Promise<AccountHealth> {
    const account = await this.modules.get(ButtonMessagingConfig, { strict: false }).account(name);
    const { timeoutMs, details } = this.settings;
    const adapter = this.modules.get(ProviderRegistry, { strict: false }).of(account);
    const finding = await adapter.checkHealth(account, requestContext({ timeoutMs, deadlineMs: timeoutMs })).then(
      (health) => findingOfHealth(health, details),
      (error: unknown) => findingOf(error, details),
    );
    return { provider: account.provider, ...finding };
  }
}
