/** What an example takes for granted where it lists accounts. */
import type { ConfigService } from '@nestjs/config';

export type { AccountOptions } from 'nestjs-button-messaging';

export declare const config: ConfigService;
