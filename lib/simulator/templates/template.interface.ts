/** The statuses of a template. Only `APPROVED` ones can be sent. @publicApi */
export type TemplateStatus =
  | 'APPROVED'
  | 'PENDING'
  | 'REJECTED'
  | 'PAUSED'
  | 'DISABLED'
  | 'IN_APPEAL'
  | 'PENDING_DELETION'
  | 'LIMIT_EXCEEDED'
  | 'ARCHIVED';

/** A button of a template, in Meta's format. Other fields are kept. @publicApi */
export interface TemplateButton {
  /** `QUICK_REPLY`, `URL`, `PHONE_NUMBER`, `COPY_CODE`, `OTP`, `FLOW`, `VOICE_CALL`, … */
  readonly type: string;
  /** The title. Some types have none. */
  readonly text?: string;
  /** The URL, which may end with a variable: `https://example.com/{{1}}`. */
  readonly url?: string;
  readonly phone_number?: string;
}

/** A component of a template, in Meta's format. Other fields, such as `example`, are kept. @publicApi */
export interface TemplateComponent {
  readonly type: 'HEADER' | 'BODY' | 'FOOTER' | 'BUTTONS' | 'CAROUSEL' | 'LIMITED_TIME_OFFER';
  /** The format of a header. */
  readonly format?: 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION';
  /** The text with its variables: `{{1}}`, or `{{name}}` if the `parameter_format` is `NAMED`. */
  readonly text?: string;
  readonly buttons?: readonly TemplateButton[];
  readonly cards?: readonly { readonly components: readonly TemplateComponent[] }[];
}

/**
 * A message template of a WhatsApp business account. Names with underscores are Meta's.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates}
 *
 * @publicApi
 */
export interface SimulatedTemplate {
  readonly id: string;
  readonly businessAccountId: string;
  readonly name: string;
  /** The language code: `pt_BR`. */
  readonly language: string;
  readonly status: TemplateStatus;
  readonly category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
  readonly parameter_format: 'POSITIONAL' | 'NAMED';
  readonly components: readonly TemplateComponent[];
  /** The reason of a status, such as `INVALID_FORMAT`. */
  readonly rejected_reason: string;
  /** The `message_status` of its messages. */
  readonly messageStatus: 'accepted' | 'held_for_quality_assessment' | 'paused';
}

/**
 * A template to add. An entry of Meta's `GET /{business account}/message_templates` is one. By default, it is an
 * approved utility template with positional parameters.
 *
 * @publicApi
 */
export type NewSimulatedTemplate = Pick<SimulatedTemplate, 'name' | 'language' | 'components'> &
  Partial<
    Pick<SimulatedTemplate, 'id' | 'status' | 'category' | 'parameter_format' | 'rejected_reason' | 'messageStatus'>
  >;

/** A change of a template's status. @publicApi */
export interface TemplateChange {
  readonly status: TemplateStatus;
  /** The reason in the list and in the webhook: `INVALID_FORMAT`, … @default 'NONE' */
  readonly reason?: string;
  /** Whether the webhook `message_template_status_update` is sent. @default false */
  readonly announce?: boolean;
}
