/** What an example takes for granted where it calls the WhatsApp Cloud API. */
import type { WhatsAppCloudService } from 'nestjs-button-messaging';

export { readFile } from 'node:fs/promises';

export declare const whatsApp: WhatsAppCloudService;
export declare const to: string;
