/** What an example takes for granted where the module is registered. */

export { ConfigService } from '@nestjs/config';
export { ButtonMessagingModule } from 'nestjs-button-messaging';
