/** What an example takes for granted where it sends through Chatvolt. */
import type { ChatvoltService } from 'nestjs-button-messaging';

export declare const chatvolt: ChatvoltService;
export declare const conversationId: string;
