import type { Provider } from '@nestjs/common';
import { ButtonMessagingMedia } from './button-messaging.media.js';
import { MediaOpener } from './media.opener.js';

export const MEDIA_PROVIDERS: readonly Provider[] = [MediaOpener, ButtonMessagingMedia];
