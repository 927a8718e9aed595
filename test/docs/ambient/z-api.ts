/** What an example takes for granted where it sends through Z-API. */
import type { ZApiService } from 'nestjs-button-messaging';

export declare const zApi: ZApiService;
export declare const messageId: string;
export declare const receivedId: string;
