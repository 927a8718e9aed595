import { FIXED_LIMITS } from '../../../message/limits.js';
import {
  IsRecipient,
  IsText,
  IsWholeNumber,
  MaxItems,
  NestedList,
  Optional,
  UniqueBy,
} from '../../../validation/index.js';

/** An option of a poll. @publicApi */
export class PollOptionDto {
  /** 1–100 characters. Votes contain it. */
  @IsText(FIXED_LIMITS.poll.option)
  name!: string;
}

/**
 * `POST send-poll`: a question with options to vote for.
 *
 * @see https://developer.z-api.io/en/message/send-poll
 *
 * @publicApi
 */
export class SendPollDto {
  /** A phone number with country code, a group, a lid, a broadcast list or a newsletter. */
  @IsRecipient('phone', 'group', 'lid', 'broadcast', 'newsletter')
  @IsText()
  phone!: string;

  /** The question, 1–1,024 characters. */
  @IsText('body')
  message!: string;

  /** One to twelve options with different names. */
  @UniqueBy('name')
  @MaxItems(FIXED_LIMITS.poll.options)
  @NestedList(() => PollOptionDto)
  poll!: PollOptionDto[];

  /** Maximum number of votes per person, 0–12. 0 means any number. @default 0 */
  @Optional()
  @IsWholeNumber(0, FIXED_LIMITS.poll.options)
  pollMaxOptions?: number;

  /** Delay before Z-API sends the message, in seconds, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayMessage?: number;
}
