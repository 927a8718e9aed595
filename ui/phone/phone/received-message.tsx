import { CircleAlert } from 'lucide';
import type { ReplyContent } from '../../../lib/simulator/inbound/inbound.interface.js';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { FormattedText } from '../formatting/formatted-text.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { Buttons } from './buttons.js';
import { Carousel } from './carousel.js';
import { timeOf } from './day.js';
import { Header } from './header.js';
import { ListButton } from './list-button.js';
import { MessageMenu } from './message-menu.js';
import type { Act } from './phone.js';
import { PixCard } from './pix-card.js';
import { providerNames } from './provider-names.js';
import { Ticks } from './ticks.js';

export interface ReceivedMessageProps {
  readonly message: PhoneMessage;
  readonly act?: Act;
  readonly onReply?: (messageId: string) => void;
}

/** A message of the app with its buttons. */
export function ReceivedMessage({ message, act, onReply }: ReceivedMessageProps) {
  const texts = useTexts();
  const { content, id, status, failure } = message;
  const press = act && ((button: number) => act({ kind: 'press', messageId: id, button }));
  const reply = act && ((reply: ReplyContent) => void act({ kind: 'reply', messageId: id, content: reply }));
  const request = { owner: message.to, form: content.form, reply };
  // Z-API has no title for this button, so WhatsApp uses its own.
  const buttons = content.pix
    ? content.buttons.map((button) => ({ ...button, title: texts.copyKey }))
    : content.buttons;
  const isRich = buttons.length > 0 || content.list || content.pix || content.header;
  return (
    <article class={`message ${isRich ? 'message--rich' : ''}`}>
      <div class="bubble bubble--received">
        {act && onReply && <MessageMenu message={message} act={act} onReply={onReply} />}
        {content.header && <Header header={content.header} />}
        {content.pix && <PixCard pix={content.pix} />}
        {content.text && <FormattedText text={content.text} />}
        {content.footer && (
          <p class="footer" dir="auto">
            {content.footer}
          </p>
        )}
        <p class="bubble-end">
          <span class="via">{texts.via(providerNames[message.provider], sameName(message))}</span>
          <time dateTime={message.at}>{timeOf(message.at, texts)}</time>
          <Ticks status={status} />
        </p>
        {buttons.length > 0 && <Buttons buttons={buttons} request={request} {...(press && { press })} />}
        {content.list && <ListButton list={content.list} {...(press && { press })} />}
      </div>
      {content.cards && <Carousel cards={content.cards} request={request} {...(press && { press })} />}
      {status === 'failed' && (
        <p class="failure">
          <Icon of={CircleAlert} size={14} />
          <span>
            {texts.statuses.failed}
            {failure && <bdi>: {failure.text}</bdi>}
          </span>
        </p>
      )}
    </article>
  );
}

/** Omits the account's name if it is the provider's. */
function sameName({ account, provider }: PhoneMessage): string {
  return account === provider ? providerNames[provider] : account;
}
