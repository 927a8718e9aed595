/** What an example takes for granted where the module is registered. */

export { ConfigModule, ConfigService } from '@nestjs/config';
export { ButtonMessagingModule } from 'nestjs-button-messaging';
