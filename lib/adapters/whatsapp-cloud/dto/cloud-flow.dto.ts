import { IsIn } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { HasOneOf, IsPlainObject, IsText, Nested, Optional } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FramedInteractiveDto } from './interactive.dto.js';

/** The first screen of a flow, and its data. @publicApi */
export class CloudFlowPayloadDto {
  /** The ID of the screen. */
  @IsText()
  screen!: string;

  /** The data of the screen, by the names in the flow. */
  @Optional()
  @IsPlainObject()
  data?: Record<string, unknown>;
}

/** The flow of a message. Set exactly one of `flow_id` and `flow_name`. @publicApi */
export class CloudFlowParametersDto {
  @IsIn(['3'])
  flow_message_version!: '3';

  @Optional()
  @IsText()
  flow_id?: string;

  @Optional()
  @IsText()
  flow_name?: string;

  /** The text of the button, 1–30 characters. */
  @IsText(FIXED_LIMITS.flowButton)
  flow_cta!: string;

  /** An identifier of your choice, which the flow's requests contain. */
  @Optional()
  @IsText()
  flow_token?: string;

  /** Whether to send the published flow, or its draft. @default 'published' */
  @Optional()
  @IsIn(['draft', 'published'])
  mode?: 'draft' | 'published';

  /** `data_exchange` asks your endpoint for the first screen. @default 'navigate' */
  @Optional()
  @IsIn(['navigate', 'data_exchange'])
  flow_action?: 'navigate' | 'data_exchange';

  /** The first screen, for `navigate`. */
  @Optional()
  @Nested(() => CloudFlowPayloadDto)
  flow_action_payload?: CloudFlowPayloadDto;
}

/** The button that opens a flow. @publicApi */
export class CloudFlowActionDto {
  @IsIn(['flow'])
  name!: 'flow';

  @HasOneOf('flow_id', 'flow_name')
  @Nested(() => CloudFlowParametersDto)
  parameters!: CloudFlowParametersDto;
}

/** The content of a message with a flow. @publicApi */
export class CloudFlowInteractiveDto extends FramedInteractiveDto {
  @IsIn(['flow'])
  type!: 'flow';

  @Nested(() => CloudFlowActionDto)
  action!: CloudFlowActionDto;
}

/**
 * An interactive message whose button opens a flow. `@OnFlowReply()` handles its reply.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/guides/sendingaflow
 *
 * @publicApi
 */
export class CloudFlowDto extends CloudMessageDto {
  @Nested(() => CloudFlowInteractiveDto)
  interactive!: CloudFlowInteractiveDto;
}
