import type { PhoneBook } from '../../phone/client/phone-book.js';
import type { SimulatorClient } from '../../phone/client/simulator-client.js';
import { usePhoneBook } from '../../phone/client/use-phone-book.js';
import { useTexts } from '../../phone/language/language.js';
import { type Act, Phone } from '../../phone/phone/index.js';
import { shownAddress, shownName } from '../../simulator/address.js';
import type { ShownTimeline } from '../client/live-state.js';
import type { Setting } from '../client/playground-client.js';
import type { Previewed } from '../draft/use-preview.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Segments } from '../layout/segments.js';
import { draftMessages } from './draft-messages.js';
import { recipientPhone } from './recipient-phone.js';
import './preview.css';

export interface PhonePreviewProps {
  readonly shows: 'draft' | 'phone';
  readonly onShow: (shows: 'draft' | 'phone') => void;
  readonly previewed: Previewed;
  readonly accounts: Setting['accounts'];
  /** The message whose recipient is shown. */
  readonly timeline: ShownTimeline | undefined;
  readonly book: PhoneBook;
  readonly client: SimulatorClient;
}

/** Shows the draft on a phone, or the simulated phone of a recipient. */
export function PhonePreview({ shows, onShow, previewed, accounts, timeline, book, client }: PhonePreviewProps) {
  const { preview } = usePlaygroundTexts();
  const options = [
    { value: 'draft', label: preview.draft },
    { value: 'phone', label: preview.phone },
  ] as const;
  return (
    <div class="preview">
      <Segments label={preview.label} options={options} value={shows} onChoose={onShow} />
      {shows === 'draft' ? (
        <DraftPhone previewed={previewed} accounts={accounts} />
      ) : (
        <RecipientPhone key={timeline?.id} timeline={timeline} book={book} client={client} />
      )}
    </div>
  );
}

function DraftPhone({ previewed: { draft, previews }, accounts }: Pick<PhonePreviewProps, 'previewed' | 'accounts'>) {
  const texts = usePlaygroundTexts();
  const preview = previews.find(({ account }) => account === draft.account);
  const isStopped = preview !== undefined && !preview.carries;
  return (
    <>
      <Phone
        label={texts.preview.draftOf}
        detail={texts.preview.draft}
        messages={draftMessages(draft, preview, accounts)}
      />
      <p class={`preview-caption ${isStopped ? 'preview-caption--doubtful' : ''}`}>
        {isStopped ? texts.preview.notSent : texts.preview.draftOf}
      </p>
    </>
  );
}

function RecipientPhone({
  timeline,
  book,
  client,
}: {
  timeline: ShownTimeline | undefined;
  book: PhoneBook;
  client: SimulatorClient;
}) {
  const { preview } = usePlaygroundTexts();
  const texts = useTexts();
  const { phones } = usePhoneBook(book);
  const phone = timeline && recipientPhone(phones, timeline);
  const to = typeof timeline?.message.to === 'string' ? timeline.message.to : '';
  const name = phone ? shownName(phone.owner, texts.group) : to;
  const act: Act = (asked) => client.act(asked);
  return (
    <>
      <Phone label={preview.phoneOf(name)} detail={name} messages={phone?.messages ?? []} {...(phone && { act })} />
      <p class="preview-caption">
        {phone ? (
          <>
            <strong>{name}</strong> <bdi>{shownAddress(phone.owner.address)}</bdi>
          </>
        ) : (
          preview.empty
        )}
      </p>
    </>
  );
}
