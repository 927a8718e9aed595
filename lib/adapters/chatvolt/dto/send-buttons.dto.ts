import { Allow } from 'class-validator';
import { DiffersFrom, IsText, RequiredWith } from '../../../validation/index.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { ConversationMessageDto } from './conversation-message.dto.js';

const NoFourthButton = createRuleDecorator('maxItems', {
  validate: () => false,
  message: '$property must not be set: the maximum is 3 buttons',
  schema: () => ({ never: true }),
});

/**
 * `POST /messages/interactive/send-buttons`: a text with one to three reply buttons, in Chatvolt's flat format. Buttons
 * are pairs of ID and title, without gaps.
 *
 * @see https://docs.chatvolt.ai
 *
 * @publicApi
 */
export class SendButtonsDto extends ConversationMessageDto {
  /** 1–1,024 characters. */
  @IsText('body')
  body_text!: string;

  /** 1–256 characters, like every ID. */
  @IsText('buttonId')
  button_1_id!: string;

  /** 1–20 characters, like every title. */
  @IsText('buttonTitle')
  button_1_title!: string;

  @RequiredWith('button_2_title', 'button_3_id', 'button_3_title')
  @DiffersFrom('button_1_id')
  @IsText('buttonId')
  button_2_id?: string;

  @RequiredWith('button_2_id')
  @DiffersFrom('button_1_title')
  @IsText('buttonTitle')
  button_2_title?: string;

  @RequiredWith('button_3_title')
  @DiffersFrom('button_1_id', 'button_2_id')
  @IsText('buttonId')
  button_3_id?: string;

  @RequiredWith('button_3_id')
  @DiffersFrom('button_1_title', 'button_2_title')
  @IsText('buttonTitle')
  button_3_title?: string;

  /** Never allowed: Chatvolt responds to a fourth button with an error from WhatsApp. */
  @RequiredWith('button_4_title')
  @NoFourthButton()
  button_4_id?: never;

  /** Never allowed. The issue is reported at `button_4_id`. */
  @Allow()
  button_4_title?: never;
}
