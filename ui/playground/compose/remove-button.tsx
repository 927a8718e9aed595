import { Trash2 } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';

/** Removes a part of the message. */
export function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button type="button" class="round-button" aria-label={label} onClick={onRemove}>
      <Icon of={Trash2} size={16} />
    </button>
  );
}
