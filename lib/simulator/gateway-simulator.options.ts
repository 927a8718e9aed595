import type { NewSimulatedTemplate } from './templates/template.interface.js';
import type { WindowMode } from './windows/window.interface.js';

/** Options of the simulator. @publicApi */
export interface GatewaySimulatorOptions {
  /** The port. 0 uses any free one. @default 0 */
  port?: number;
  /** The host. By default, other machines cannot connect. @default '127.0.0.1' */
  host?: string;
  /** Maximum number of stored messages of all providers. The oldest are removed first. @default 10000 */
  keep?: number;
  /** Maximum number of stored requests of all providers. The oldest are removed first. @default 1000 */
  keepRequests?: number;
  /**
   * Maximum size of a request body, in bytes. Larger ones are rejected with 413. The default allows images.
   *
   * @default 16777216
   */
  bodyLimit?: number;
  /** The templates of the account `whatsapp-cloud`. Without any, every template can be sent. @default none */
  templates?: readonly NewSimulatedTemplate[];
  /** Whether the Cloud API's 24-hour window is enforced, for all its accounts. @default 'off' */
  window?: WindowMode;
}
