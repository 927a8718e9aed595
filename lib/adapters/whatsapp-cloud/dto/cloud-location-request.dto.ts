import { IsLiteral, Nested } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { BodyDto } from './interactive.dto.js';

/** The button of the message. WhatsApp chooses its text. @publicApi */
export class CloudLocationRequestActionDto {
  @IsLiteral('send_location')
  name!: 'send_location';
}

/** The text and the button. @publicApi */
export class CloudLocationRequestInteractiveDto {
  @IsLiteral('location_request_message')
  type!: 'location_request_message';

  @Nested(() => BodyDto)
  body!: BodyDto;

  @Nested(() => CloudLocationRequestActionDto)
  action!: CloudLocationRequestActionDto;
}

/**
 * A message with a button that sends the person's location.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-request-messages
 *
 * @publicApi
 */
export class CloudLocationRequestDto extends CloudMessageDto {
  @Nested(() => CloudLocationRequestInteractiveDto)
  interactive!: CloudLocationRequestInteractiveDto;
}
