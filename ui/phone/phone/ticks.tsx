import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';

const drawings = {
  accepted: Clock3,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  played: CheckCheck,
  failed: CircleAlert,
} as const;

/** Shows the status of a message. */
export function Ticks({ status }: { status: PhoneMessage['status'] }) {
  const { statuses } = useTexts();
  return (
    <span class={`ticks ticks--${status}`} title={statuses[status]}>
      <Icon of={drawings[status]} size={status === 'accepted' ? 12 : 16} />
      <span class="unseen">{statuses[status]}</span>
    </span>
  );
}
