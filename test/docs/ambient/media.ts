/** What an example takes for granted where it has a message with a file. */
import type { Logger } from '@nestjs/common';
import type { ButtonMessagingMedia, ButtonMessagingService, InboundMessageEvent } from 'nestjs-button-messaging';
import type { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import type { RecordingTransport } from 'nestjs-button-messaging/testing';

export declare const media: ButtonMessagingMedia;
export declare const messaging: ButtonMessagingService;
export declare const event: InboundMessageEvent;
export declare const logger: Logger;
export declare const simulator: GatewaySimulator;
export declare const transport: RecordingTransport;
export declare const photo: Buffer;
export declare const album: { add(event: InboundMessageEvent): Promise<void> };
