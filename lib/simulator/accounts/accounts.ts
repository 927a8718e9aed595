import { isJsonObject, type JsonObject } from '../json.js';
import type { ProviderSimulation } from '../provider-simulation.js';
import type { SimulatedAccount } from '../simulated-account.interface.js';

/** The accounts of all providers. Names are unique. */
export class Accounts {
  constructor(private readonly simulations: readonly ProviderSimulation[]) {}

  list(): SimulatedAccount[] {
    return this.simulations.flatMap(({ accounts }) => accounts.list());
  }

  /** Returns the simulation of an account. @throws Error if the account does not exist. */
  simulationOf(name: string): ProviderSimulation {
    const simulation = this.simulations.find(({ accounts }) => accounts.named(name));
    if (simulation) return simulation;
    const known = this.list().map((account) => `"${account.name}"`);
    throw new Error(`The simulator has no account named "${name}". It has ${known.join(', ') || 'none'}`);
  }

  /** Adds an account. @param given The provider, the name, and optional credentials. */
  add(given: unknown): SimulatedAccount {
    const { provider, name, ...credentials }: JsonObject = isJsonObject(given) ? given : {};
    const simulation = this.simulations.find((simulation) => simulation.name === provider);
    if (!simulation) throw new TypeError(`The simulator has no provider named "${String(provider)}"`);
    if (typeof name !== 'string' || !/^[^/\s]+$/.test(name) || /^\.\.?$/.test(name)) {
      throw new TypeError('The name of an account must not be empty, and must not contain spaces or slashes');
    }
    if (this.list().some((account) => account.name === name)) {
      throw new TypeError(`The simulator already has an account named "${name}". Change it, or choose another name`);
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
