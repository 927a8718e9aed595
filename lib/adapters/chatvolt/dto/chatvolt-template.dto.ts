import { IsBoolean, IsIn, IsString } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import {
  IsHttpUrl,
  IsPathSegment,
  IsPossiblePhone,
  IsText,
  IsWellFormed,
  IsWholeNumber,
  MaxItems,
  NestedList,
  OpenFields,
  Optional,
  RequiredWith,
  UniqueBy,
} from '../../../validation/index.js';

/** The types of buttons of Chatvolt's templates. @publicApi */
export const CHATVOLT_TEMPLATE_BUTTON_TYPES = ['url', 'quick_reply', 'copy_code', 'flow', 'catalog'] as const;

/** The type of a button of a template. @publicApi */
export type ChatvoltTemplateButtonType = (typeof CHATVOLT_TEMPLATE_BUTTON_TYPES)[number];

/** The status of a conversation at Chatvolt. @publicApi */
export type ChatvoltConversationStatus = 'RESOLVED' | 'UNRESOLVED' | 'HUMAN_REQUESTED';

const STATUSES = ['RESOLVED', 'UNRESOLVED', 'HUMAN_REQUESTED'] as const satisfies ChatvoltConversationStatus[];

/** A button of a template, for example the suffix of its URL. @publicApi */
export class ChatvoltTemplateButtonDto {
  @IsIn(CHATVOLT_TEMPLATE_BUTTON_TYPES)
  type!: ChatvoltTemplateButtonType;

  /** The suffix of the URL, the payload of the reply, the code to copy, or the token of the flow. */
  @Optional()
  @IsWellFormed()
  @IsString()
  value?: string;

  /** The position of the button in the template, 0–9. */
  @IsWholeNumber(0, FIXED_LIMITS.template.buttons - 1)
  index!: number;
}

/**
 * `POST /whatsapp/{phoneNumberId}/template-message`: an approved template to a phone number, which opens its
 * conversation. A field such as `var_patient` has the value of the parameter `patient`.
 *
 * Nest's `ValidationPipe` with `whitelist` removes the `var_` fields. Use `ButtonMessagingValidationPipe` for such a
 * body.
 *
 * @see https://docs.chatvolt.ai/api-reference/endpoint/whatsapp/template-message
 *
 * @publicApi
 */
export class ChatvoltTemplateDto {
  /** The value of a parameter. */
  [variable: `var_${string}`]: string | undefined;

  /** The ID of the WhatsApp phone number that sends the template. @default The account's `phoneNumberId`. */
  @Optional()
  @IsPathSegment()
  @IsText()
  phoneNumberId?: string;

  /** A phone number with country code. */
  @IsPossiblePhone()
  @IsText()
  to!: string;

  /** What the template says, for the conversation. 1–4,096 characters. Chatvolt's documentation requires it. */
  @Optional()
  @IsText(FIXED_LIMITS.text)
  text?: string;

  /** The agent of the conversation. @default The account's `agentId`. */
  @Optional()
  @IsPathSegment()
  @IsText()
  agentId?: string;

  /** 1–512 characters. */
  @OpenFields('var_')
  @IsText(FIXED_LIMITS.template.name)
  templateName!: string;

  /** A language code, such as `pt_BR`. */
  @IsText()
  templateLangCode!: string;

  /** The type of the header, if the template has one with a value. */
  @RequiredWith('header_text', 'header_link', 'header_id', 'header_filename')
  @IsIn(['text', 'image', 'video', 'document'])
  header_type?: 'text' | 'image' | 'video' | 'document';

  /** The value of a `text` header. */
  @Optional()
  @IsText()
  header_text?: string;

  /** The http(s) URL of the file of an `image`, `video` or `document` header. */
  @Optional()
  @IsHttpUrl()
  @IsText()
  header_link?: string;

  /** The ID of an uploaded file. */
  @Optional()
  @IsText()
  header_id?: string;

  /** The name of a document. */
  @Optional()
  @IsText()
  header_filename?: string;

  /** At most ten, with unique indexes. */
  @Optional()
  @UniqueBy('index')
  @MaxItems(FIXED_LIMITS.template.buttons)
  @NestedList(() => ChatvoltTemplateButtonDto)
  buttons?: ChatvoltTemplateButtonDto[];

  /** Whether the buttons of the template have variables. */
  @Optional()
  @IsBoolean()
  hasButtonVariables?: boolean;

  /** The name of a new contact. */
  @Optional()
  @IsText()
  contactName?: string;

  /** The status of the conversation. */
  @Optional()
  @IsIn(STATUSES)
  conversationStatus?: ChatvoltConversationStatus;

  /** The status of a new conversation. */
  @Optional()
  @IsIn(STATUSES)
  defaultStatus?: ChatvoltConversationStatus;

  /** The ID of the user who gets a new conversation. */
  @Optional()
  @IsText()
  defaultAssigneeId?: string;

  @Optional()
  @IsText()
  crmScenarioId?: string;

  @Optional()
  @IsText()
  crmStepId?: string;
}
