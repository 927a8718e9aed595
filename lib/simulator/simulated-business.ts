import { SimulatedField } from './simulated-field.js';
import type { SimulatorParts } from './simulator-parts.js';
import type { NewSimulatedTemplate, SimulatedTemplate, TemplateChange } from './templates/template.interface.js';
import type { SimulatedWindow, WindowMode } from './windows/window.interface.js';

/**
 * Simulates what a WhatsApp business account has: approved templates, and the 24-hour windows of its customers. A part of
 * `GatewaySimulator`.
 *
 * @publicApi
 */
export abstract class SimulatedBusiness extends SimulatedField {
  /** @hidden */
  protected constructor(private readonly whole: SimulatorParts) {
    super(whole);
  }

  /**
   * Adds a template to the business account of a Cloud API account, or replaces the one with the same name and
   * language. From then on, messages with other templates are rejected, and so are wrong parameters.
   *
   * @param account The name of the account.
   * @throws TypeError if the template is invalid. Error if the account does not exist.
   *
   * @example
   * simulator.addTemplate({
   *   name: 'reminder',
   *   language: 'pt_BR',
   *   components: [
   *     { type: 'BODY', text: 'Olá {{1}}, até amanhã às {{2}}.' },
   *     { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirmar' }] },
   *   ],
   * });
   */
  addTemplate(template: NewSimulatedTemplate, account = 'whatsapp-cloud'): SimulatedTemplate {
    return this.whole.approvals.add(template, account);
  }

  /** Returns the templates of all business accounts, oldest first. */
  templates(): SimulatedTemplate[] {
    return this.whole.templates.list();
  }

  /**
   * Changes the status of a template. Only approved ones can be sent.
   *
   * @throws Error if the template does not exist. Error like `press()` if `announce` is true.
   *
   * @example
   * await simulator.changeTemplate(id, { status: 'PAUSED', announce: true });
   */
  changeTemplate(id: string, change: TemplateChange): Promise<SimulatedTemplate> {
    return this.whole.approvals.change(id, change);
  }

  /** Removes a template. @throws Error if it does not exist. */
  removeTemplate(id: string): void {
    this.whole.templates.remove(id);
  }

  /**
   * Enforces the 24-hour window of a Cloud API account: anything but a template fails for a person who has not written
   * in the last 24 hours. A message of the person opens the window.
   *
   * @param account The name of the account.
   * @throws Error if the account does not exist.
   *
   * @example
   * simulator.enforceWindow('status');
   * await simulator.write('whatsapp-cloud', { from: '5511988880001', type: 'text', text: 'Hello' }); // open
   * simulator.advanceClock(25 * 60 * 60 * 1000); // closed
   */
  enforceWindow(mode: WindowMode, account = 'whatsapp-cloud'): void {
    this.whole.accountWindows.enforce(account, mode);
  }

  /**
   * Opens the window of a person for 24 hours, without a message.
   *
   * @param person A phone number, a user ID or a user name.
   * @throws Error if the account does not exist.
   */
  openWindow(person: string, account = 'whatsapp-cloud'): void {
    this.whole.accountWindows.set(account, person, true);
  }

  /** Closes the window of a person. @throws Error if the account does not exist. */
  closeWindow(person: string, account = 'whatsapp-cloud'): void {
    this.whole.accountWindows.set(account, person, false);
  }

  /** Returns the open windows of the accounts that enforce them, oldest first. */
  windows(): SimulatedWindow[] {
    return this.whole.accountWindows.list();
  }

  /**
   * Moves the clock of the windows forward. It runs with the system's clock otherwise. Times in webhooks and messages are
   * not affected.
   *
   * @throws RangeError if the time is negative.
   */
  advanceClock(milliseconds: number): void {
    this.whole.windows.advance(milliseconds);
  }
}
