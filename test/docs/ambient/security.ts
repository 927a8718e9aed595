/** What an example takes for granted where secrets and consents are handled. */

export { ButtonMessagingModule, OnTextMessage, type TextMessageEvent } from 'nestjs-button-messaging';

export declare const apiKey: string;
export declare const agentId: string;
export declare const newSecret: string;
export declare const oldSecret: string;

export declare class Surroundings {
  protected readonly consents: { withdraw(whom: string): Promise<void> };
}
