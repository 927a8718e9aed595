import { IsText, Nested, NestedList, Optional } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';

/** The name of a contact. Set `formatted_name` and at least one other field. @publicApi */
export class CloudContactNameDto {
  /** The full name, as WhatsApp shows it. */
  @IsText()
  formatted_name!: string;

  @Optional()
  @IsText()
  first_name?: string;

  @Optional()
  @IsText()
  middle_name?: string;

  @Optional()
  @IsText()
  last_name?: string;

  @Optional()
  @IsText()
  prefix?: string;

  @Optional()
  @IsText()
  suffix?: string;
}

/** A phone number of a contact. @publicApi */
export class CloudContactPhoneDto {
  @Optional()
  @IsText()
  phone?: string;

  /** The digits of the number. With it, WhatsApp shows a button for a message to the contact. */
  @Optional()
  @IsText()
  wa_id?: string;

  /** Such as `CELL`, `HOME` or `WORK`. */
  @Optional()
  @IsText()
  type?: string;
}

/** An email address of a contact. @publicApi */
export class CloudContactEmailDto {
  @Optional()
  @IsText()
  email?: string;

  /** Such as `HOME` or `WORK`. */
  @Optional()
  @IsText()
  type?: string;
}

/** A website of a contact. @publicApi */
export class CloudContactUrlDto {
  @Optional()
  @IsText()
  url?: string;

  /** Such as `HOME` or `WORK`. */
  @Optional()
  @IsText()
  type?: string;
}

/** A postal address of a contact. @publicApi */
export class CloudContactAddressDto {
  @Optional()
  @IsText()
  street?: string;

  @Optional()
  @IsText()
  city?: string;

  @Optional()
  @IsText()
  state?: string;

  @Optional()
  @IsText()
  zip?: string;

  @Optional()
  @IsText()
  country?: string;

  /** Two letters. */
  @Optional()
  @IsText()
  country_code?: string;

  /** Such as `HOME` or `WORK`. */
  @Optional()
  @IsText()
  type?: string;
}

/** Where a contact works. @publicApi */
export class CloudContactOrganizationDto {
  @Optional()
  @IsText()
  company?: string;

  @Optional()
  @IsText()
  department?: string;

  @Optional()
  @IsText()
  title?: string;
}

/** A contact card. @publicApi */
export class CloudContactDto {
  @Nested(() => CloudContactNameDto)
  name!: CloudContactNameDto;

  @Optional()
  @NestedList(() => CloudContactPhoneDto)
  phones?: CloudContactPhoneDto[];

  @Optional()
  @NestedList(() => CloudContactEmailDto)
  emails?: CloudContactEmailDto[];

  @Optional()
  @NestedList(() => CloudContactUrlDto)
  urls?: CloudContactUrlDto[];

  @Optional()
  @NestedList(() => CloudContactAddressDto)
  addresses?: CloudContactAddressDto[];

  @Optional()
  @Nested(() => CloudContactOrganizationDto)
  org?: CloudContactOrganizationDto;

  /** `YYYY-MM-DD`. */
  @Optional()
  @IsText()
  birthday?: string;
}

/**
 * One or more contact cards.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages
 *
 * @publicApi
 */
export class CloudContactsDto extends CloudMessageDto {
  @NestedList(() => CloudContactDto)
  contacts!: CloudContactDto[];
}
