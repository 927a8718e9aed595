import type { PeopleStore } from '../people/people-store.js';
import type { WhatsAppCloudSimulation } from '../whatsapp-cloud/whatsapp-cloud.simulation.js';
import type { CustomerWindows } from './customer-windows.js';
import type { SimulatedWindow, WindowMode } from './window.interface.js';

/** Sets the 24-hour windows of accounts, which must be of the Cloud API. */
export class AccountWindows {
  constructor(
    private readonly windows: CustomerWindows,
    private readonly whatsAppCloud: WhatsAppCloudSimulation,
    private readonly people: PeopleStore,
  ) {}

  /** @throws Error if the account does not exist. */
  enforce(account: string, mode: WindowMode): void {
    this.windows.enforce(this.whatsAppCloud.accounts.get(account).name, mode);
  }

  /** Opens or closes the window of a person. @throws Error if the account does not exist. */
  set(account: string, person: string, isOpen: boolean): void {
    const { name } = this.whatsAppCloud.accounts.get(account);
    if (isOpen) this.windows.open(name, this.people.at(person));
    else this.windows.close(name, this.people.at(person));
  }

  /** Returns the mode of each account of the Cloud API. */
  modes(): Record<string, WindowMode> {
    const accounts = this.whatsAppCloud.accounts.list();
    return Object.fromEntries(accounts.map(({ name }) => [name, this.windows.modeOf(name)]));
  }

  list(): SimulatedWindow[] {
    return this.windows.list();
  }
}
