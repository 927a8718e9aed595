import { IsBoolean, IsString } from 'class-validator';
import { IsPathSegment, IsText, IsTrimmed, IsWholeNumber, MayBeOmitted, Nested } from '../validation/index.js';
import { IsAccountName, IsBaseUrl, IsCredential, IsPositiveNumber, IsSecretOrSecrets } from './options.rules.js';

export class PacingDto {
  @MayBeOmitted()
  @IsPositiveNumber()
  perSecond?: number;

  @MayBeOmitted()
  @IsPositiveNumber()
  perRecipientPerSecond?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, Number.MAX_SAFE_INTEGER)
  burst?: number;
}

/** What is asked of every account. */
export class CustomAccountOptionsDto {
  @IsAccountName()
  @IsTrimmed()
  @IsText()
  name!: string;

  @MayBeOmitted()
  @Nested(() => PacingDto)
  pacing?: PacingDto;
}

abstract class AccountOptionsDto extends CustomAccountOptionsDto {
  @IsString()
  provider!: string;

  @MayBeOmitted()
  @IsBaseUrl()
  baseUrl?: string;
}

export class ZApiAccountOptionsDto extends AccountOptionsDto {
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  instanceId!: string;

  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  token!: string;

  @MayBeOmitted()
  @IsCredential()
  clientToken?: string;

  @MayBeOmitted()
  @IsCredential()
  authorization?: string;

  @MayBeOmitted()
  @IsSecretOrSecrets()
  webhookSecret?: string | string[];
}

export class ChatvoltAccountOptionsDto extends AccountOptionsDto {
  @IsCredential()
  apiKey!: string;

  @MayBeOmitted()
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  agentId?: string;

  @MayBeOmitted()
  @IsBoolean()
  lookUpConversations?: boolean;

  @MayBeOmitted()
  @IsTrimmed()
  @IsText()
  channel?: string;

  @MayBeOmitted()
  @IsSecretOrSecrets()
  webhookSecret?: string | string[];
}

export class WhatsAppCloudAccountOptionsDto extends AccountOptionsDto {
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  phoneNumberId!: string;

  @IsCredential()
  accessToken!: string;

  @MayBeOmitted()
  @IsSecretOrSecrets()
  appSecret?: string | string[];

  @MayBeOmitted()
  @IsText()
  verifyToken?: string;

  @MayBeOmitted()
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  graphVersion?: string;
}
