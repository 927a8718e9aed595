import { ClipboardList, Contact, MapPin, PhoneCall, PhoneOff } from 'lucide';
import type { PhoneReply } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import { Medium } from './header.js';

/** Shows what the phone's owner sent: a picture, a location, a contact, a form or a permission. */
export function SentContent({ content }: { content: PhoneReply }) {
  const { replied } = useTexts();
  switch (content.kind) {
    case 'medium':
      return <Medium medium={content.medium} />;
    case 'location':
      return <Card drawing={MapPin} title={replied.location} lines={[`${content.latitude}, ${content.longitude}`]} />;
    case 'contact':
      return <Card drawing={Contact} title={content.name || replied.contact} lines={[`+${content.phone}`]} />;
    case 'form':
      return (
        <Card
          drawing={ClipboardList}
          title={replied.form}
          lines={content.fields.map(({ name, value }) => `${name}: ${value}`)}
        />
      );
    case 'permission': {
      const accepted = content.isPermanent ? 'always' : 'temporary';
      const title = replied.permission[content.isAccepted ? accepted : 'never'];
      return <Card drawing={content.isAccepted ? PhoneCall : PhoneOff} title={title} lines={[]} />;
    }
  }
}

function Card({ drawing, title, lines }: { drawing: typeof MapPin; title: string; lines: readonly string[] }) {
  return (
    <div class="sent-card">
      <span class="sent-card-picture">
        <Icon of={drawing} size={20} />
      </span>
      <div>
        <strong>
          <bdi>{title}</bdi>
        </strong>
        {lines.map((line, place) => (
          <span key={place} class="sent-card-line">
            <bdi>{line}</bdi>
          </span>
        ))}
      </div>
    </div>
  );
}
