import { ClipboardList, Contact, MapPin, PhoneCall } from 'lucide';
import { useState } from 'preact/hooks';
import type { ReplyContent } from '../../../lib/simulator/inbound/inbound.interface.js';
import type { PhoneButton, PhoneForm, PhoneOwner } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { ContactSheet } from './contact-sheet.js';
import { FormSheet } from './form-sheet.js';
import { LocationSheet } from './location-sheet.js';
import { PermissionSheet } from './permission-sheet.js';

/** Replies with something other than a press or a text. */
export type SendReply = (content: ReplyContent) => void;

/** What the sheets of requests share. */
export interface RequestSheetProps {
  readonly title: string;
  readonly reply: SendReply;
  readonly onClose: () => void;
}

/** The types of buttons that ask for something. */
export type RequestType = 'flow' | 'location' | 'contact' | 'call-permission';

export interface RequestButtonProps {
  readonly button: PhoneButton & { readonly type: RequestType };
  readonly owner: PhoneOwner;
  readonly form: PhoneForm | undefined;
  /** If missing, the phone is read-only. */
  readonly reply: SendReply | undefined;
}

const drawings = { flow: ClipboardList, location: MapPin, contact: Contact, 'call-permission': PhoneCall } as const;

/** Opens the sheet of what a message asks for. */
export function RequestButton({ button, owner, form, reply }: RequestButtonProps) {
  const { request } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { type } = button;
  // WhatsApp shows its own titles, except for flows.
  const title = type === 'flow' ? button.title : request.titles[type];
  return (
    <>
      <button
        type="button"
        class="message-button"
        aria-haspopup="dialog"
        disabled={!reply}
        onClick={() => setOpen(true)}
      >
        <Icon of={drawings[type]} size={17} />
        <bdi>{title}</bdi>
      </button>
      {isOpen && reply && (
        <RequestSheet
          type={type}
          title={title}
          owner={owner}
          form={form}
          reply={reply}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** The sheet of one type of request. */
export function RequestSheet(
  props: RequestSheetProps & {
    readonly type: RequestType;
    readonly owner: PhoneOwner;
    readonly form?: PhoneForm | undefined;
  },
) {
  const { type, owner, form, ...shared } = props;
  switch (type) {
    case 'flow':
      return <FormSheet {...shared} form={form ?? { index: 0, fields: [] }} />;
    case 'location':
      return <LocationSheet {...shared} />;
    case 'contact':
      return <ContactSheet {...shared} owner={owner} />;
    case 'call-permission':
      return <PermissionSheet {...shared} />;
  }
}

export function isRequest(button: PhoneButton): button is PhoneButton & { readonly type: RequestType } {
  return button.type in drawings;
}
