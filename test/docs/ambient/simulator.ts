/** What an example takes for granted where the simulator runs. */
import type { GatewaySimulator } from 'nestjs-button-messaging/simulator';

export declare const simulator: GatewaySimulator;
