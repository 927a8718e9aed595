import { isJsonObject, type JsonObject } from '../json.js';
import type { ProviderSimulation } from '../provider-simulation.interface.js';
import type { SimulatedAccount } from '../simulated-account.interface.js';

/** The accounts of all providers. No two have one name. */
export class Accounts {
  constructor(private readonly simulations: readonly ProviderSimulation[]) {}

  list(): SimulatedAccount[] {
    return this.simulations.flatMap(({ accounts }) => accounts.list());
  }

  /** Throws an Error if no account has the name. */
  simulationOf(name: string): ProviderSimulation {
    const simulation = this.simulations.find(({ accounts }) => accounts.named(name));
    if (simulation) return simulation;
    const known = this.list().map((account) => `"${account.name}"`);
    throw new Error(`The simulator has no account named "${name}"; it has ${known.join(', ') || 'none'}`);
  }

  /** @param given the provider, the name, and what credentials it is to have */
  add(given: unknown): SimulatedAccount {
    const { provider, name, ...credentials }: JsonObject = isJsonObject(given) ? given : {};
    const simulation = this.simulations.find((played) => played.name === provider);
    if (!simulation) throw new TypeError(`The simulator plays no provider named "${String(provider)}"`);
    if (typeof name !== 'string' || !/^[^/\s]+$/.test(name) || /^\.\.?$/.test(name)) {
      throw new TypeError('A new account needs a name without blanks and slashes');
    }
    if (this.list().some((account) => account.name === name)) {
      throw new TypeError(`The simulator has an account named "${name}" already; change it, or choose another name`);
    }
    return simulation.accounts.add(name, credentials);
  }

  change(name: string, given: unknown): SimulatedAccount {
    const { accounts } = this.simulationOf(name);
    return accounts.change(name, isJsonObject(given) ? given : {});
  }

  remove(name: string): void {
    this.simulationOf(name).accounts.remove(name);
  }
}
