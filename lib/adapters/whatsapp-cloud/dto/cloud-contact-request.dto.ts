import { IsLiteral, Nested } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { BodyDto } from './interactive.dto.js';

/** The button of the message. WhatsApp chooses its text. @publicApi */
export class CloudContactRequestActionDto {
  @IsLiteral('request_contact_info')
  name!: 'request_contact_info';
}

/** The text and the button. @publicApi */
export class CloudContactRequestInteractiveDto {
  @IsLiteral('request_contact_info')
  type!: 'request_contact_info';

  @Nested(() => BodyDto)
  body!: BodyDto;

  @Nested(() => CloudContactRequestActionDto)
  action!: CloudContactRequestActionDto;
}

/**
 * A message with a button that sends the person's phone number.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 *
 * @publicApi
 */
export class CloudContactRequestDto extends CloudMessageDto {
  @Nested(() => CloudContactRequestInteractiveDto)
  interactive!: CloudContactRequestInteractiveDto;
}
