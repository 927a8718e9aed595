import { Check, Copy, Phone as PhoneDrawing, Reply, SquareArrowOutUpRight } from 'lucide';
import type { PhoneButton, PhoneForm, PhoneOwner } from '../../../lib/simulator/phones/phone-message.interface.js';
import { linkTarget } from '../formatting/inline-text.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { isRequest, RequestButton, type SendReply } from './request-button.js';
import { useCopy } from './use-copy.js';

export type Press = (button: number) => void;

/** What buttons that ask for something need. */
export interface ButtonRequest {
  readonly owner: PhoneOwner;
  readonly form: PhoneForm | undefined;
  readonly reply: SendReply | undefined;
}

export interface ButtonsProps {
  readonly buttons: readonly PhoneButton[];
  readonly press?: Press;
  readonly request: ButtonRequest;
}

/** The buttons of a message. */
export function Buttons({ buttons, press, request }: ButtonsProps) {
  return (
    <div class="buttons">
      {buttons.map((button) =>
        isRequest(button) ? (
          <RequestButton key={button.index} button={button} {...request} />
        ) : (
          <MessageButton key={button.index} button={button} {...(press && { press })} />
        ),
      )}
    </div>
  );
}

function MessageButton({ button, press }: { button: PhoneButton; press?: Press }) {
  const { title, type, target = '' } = button;
  if (type === 'url') return <LinkButton drawing={SquareArrowOutUpRight} title={title} target={linkTarget(target)} />;
  if (type === 'call') return <LinkButton drawing={PhoneDrawing} title={title} target={linkTarget(target)} />;
  if (type === 'copy') return <CopyButton title={title} text={target} />;
  return (
    <button type="button" class="message-button" disabled={!press} onClick={() => press?.(button.index)}>
      <Icon of={Reply} size={17} />
      <bdi>{title}</bdi>
    </button>
  );
}

interface LinkButtonProps {
  readonly drawing: typeof Reply;
  readonly title: string;
  readonly target: string | undefined;
}

/** Opens a link on the phone, without a webhook. Does nothing if the link has no safe URL. */
function LinkButton({ drawing, title, target }: LinkButtonProps) {
  const { linkTitle } = useTexts();
  const content = (
    <>
      <Icon of={drawing} size={17} />
      <bdi>{title}</bdi>
    </>
  );
  if (!target) return <span class="message-button message-button--dead">{content}</span>;
  return (
    <a class="message-button" href={target} target="_blank" rel="noopener noreferrer" title={linkTitle(target)}>
      {content}
    </a>
  );
}

function CopyButton({ title, text }: { title: string; text: string }) {
  const { copied } = useTexts();
  const { isCopied, copy } = useCopy(text);
  return (
    <button type="button" class="message-button" title={text} onClick={copy}>
      <Icon of={isCopied ? Check : Copy} size={17} />
      <bdi aria-live="polite">{isCopied ? copied : title}</bdi>
    </button>
  );
}
