import { IsLiteral, Nested, Optional } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { BodyDto } from './interactive.dto.js';

/** The buttons of the message. WhatsApp chooses their texts. @publicApi */
export class CloudCallPermissionRequestActionDto {
  @IsLiteral('call_permission_request')
  name!: 'call_permission_request';
}

/** The text and the buttons. @publicApi */
export class CloudCallPermissionRequestInteractiveDto {
  @IsLiteral('call_permission_request')
  type!: 'call_permission_request';

  /** Why you want to call. */
  @Optional()
  @Nested(() => BodyDto)
  body?: BodyDto;

  @Nested(() => CloudCallPermissionRequestActionDto)
  action!: CloudCallPermissionRequestActionDto;
}

/**
 * A message that asks the person whether the business may call. `@OnMessage('call-permission')` handles the reply.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions
 *
 * @publicApi
 */
export class CloudCallPermissionRequestDto extends CloudMessageDto {
  @Nested(() => CloudCallPermissionRequestInteractiveDto)
  interactive!: CloudCallPermissionRequestInteractiveDto;
}
