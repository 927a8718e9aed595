import { QrCode } from 'lucide';
import type { PhonePix } from '../../../lib/simulator/phones/phone-message.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';

/** Shows the recipient and the key of a Pix payment. */
export function PixCard({ pix }: { pix: PhonePix }) {
  const { pixKey } = useTexts();
  return (
    <div class="pix">
      <span class="pix-picture">
        <Icon of={QrCode} size={22} />
      </span>
      <div>
        <strong>
          <bdi>{pix.merchant}</bdi>
        </strong>
        <span>
          {pixKey} · {pix.keyType}
        </span>
        <code>
          <bdi>{pix.key}</bdi>
        </code>
      </div>
    </div>
  );
}
