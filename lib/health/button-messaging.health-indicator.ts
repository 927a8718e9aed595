import type { ModuleRef } from '@nestjs/core';
import type { HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import { requestContext } from '../adapters/send-context.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { findingOf, findingOfHealth, type HealthFinding } from './health-finding.js';
import type { HealthSettings } from './health-options.interface.js';
import type { RecentFindings } from './recent-findings.js';

/** What was found of an account. */
export interface AccountHealth extends HealthFinding {
  /** `z-api`, `chatvolt` or `whatsapp-cloud`; missing where the account is not known. */
  provider?: string;
}

/**
 * Whether accounts can send, for Terminus: Z-API's instance is connected, Chatvolt knows the agent, the Cloud API the
 * telephone number.
 *
 * @example
 * \@Get('health')
 * \@HealthCheck()
 * check() {
 *   return this.health.check([() => this.messaging.check('messaging')]);
 * }
 */
export class ButtonMessagingHealthIndicator {
  constructor(
    private readonly modules: ModuleRef,
    private readonly indicators: HealthIndicatorService,
    private readonly findings: RecentFindings<AccountHealth>,
    private readonly settings: HealthSettings,
  ) {}

  /**
   * Checks an account, or all that are configured. The result names each: `accounts.support.status`, `.reason`. It is
   * down as soon as one of them is. It takes no longer than `timeoutMs`, and asks again only after `cacheMs`.
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
