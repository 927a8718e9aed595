import type { Button, MediaKind, TemplateButton } from 'nestjs-button-messaging';

/** What a message consists of. */
export type DraftKind = 'buttons' | 'list' | 'text' | 'template';

/** A button of a draft. */
export interface DraftButton {
  /** Identifies the button when it is moved. */
  readonly key: string;
  readonly type: Button['type'];
  readonly title: string;
  /** An ID, URL, phone number or code, depending on the type. */
  readonly target: string;
}

export type HeaderKind = 'none' | 'text' | 'image' | 'video' | 'document' | 'media';

/** The header of a draft. It keeps what was written for other kinds. */
export interface DraftHeader {
  readonly kind: HeaderKind;
  readonly text: string;
  /** The URL of an image, a video or a document. */
  readonly link: string;
  readonly filename: string;
  /** The provider's ID of an uploaded file. */
  readonly mediaId: string;
  readonly mediaKind: MediaKind;
}

/** A row of a draft's list. */
export interface DraftRow {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly id: string;
}

/** A section of a draft's list. */
export interface DraftSection {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly DraftRow[];
}

/** The list of a draft. */
export interface DraftList {
  /** The text of the button that opens it. */
  readonly button: string;
  readonly sections: readonly DraftSection[];
}

/** The value of a template's variable. */
export interface DraftValue {
  readonly key: string;
  /** The variable, if values have names. */
  readonly name: string;
  readonly text: string;
}

/** The values of a template's header or body. */
export interface DraftValues {
  readonly by: 'position' | 'name';
  readonly values: readonly DraftValue[];
}

/** The value of a template's button. */
export interface DraftTemplateButton {
  readonly key: string;
  readonly type: TemplateButton['type'];
  /** The button's position in the template, from 0. */
  readonly index: number;
  /** The title of a reply button. */
  readonly title: string;
  /** A payload, suffix, code or token, depending on the type. */
  readonly value: string;
}

/** The template of a draft. */
export interface DraftTemplate {
  readonly name: string;
  readonly language: string;
  readonly header: DraftHeader;
  /** The values of a text header. */
  readonly headerValues: DraftValues;
  readonly body: DraftValues;
  readonly buttons: readonly DraftTemplateButton[];
}

/** A message that is being written, and the options of its send. It keeps what was written for other kinds. */
export interface Draft {
  readonly kind: DraftKind;
  readonly to: string;
  readonly text: string;
  readonly header: DraftHeader;
  readonly footer: string;
  readonly buttons: readonly DraftButton[];
  readonly list: DraftList;
  readonly template: DraftTemplate;
  readonly account: string;
  readonly by: 'send' | 'queue';
  readonly split: boolean;
  readonly asText: boolean;
  readonly lateText: boolean;
  /** Whether to quote the person's last message. */
  readonly quotes: boolean;
}

export type ChangeDraft = (change: Partial<Draft>) => void;
