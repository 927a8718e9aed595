import { Lock, LockOpen } from 'lucide';
import type { PhoneOwner } from '../../../lib/simulator/phones/phone-message.interface.js';
import type { PhoneWindows } from '../../../lib/simulator/phones/phone-news.interface.js';
import { Icon } from '../icons/icon.js';
import { useTexts } from '../language/language.js';
import type { Act } from './phone.js';
import { useTime } from './use-time.js';

const MINUTE_MS = 60_000;

export interface WindowBarProps {
  readonly account: string;
  readonly owner: PhoneOwner;
  readonly windows: PhoneWindows;
  readonly act?: Act | undefined;
}

/** Shows how long the 24-hour window of an account is open, and closes it. */
export function WindowBar({ account, owner, windows, act }: WindowBarProps) {
  const { window: texts } = useTexts();
  const open = windows.open.find((one) => one.account === account && one.addresses.includes(owner.address));
  const end = open ? Date.parse(open.until) : 0;
  const left = Math.ceil((end - Date.now()) / MINUTE_MS);
  useTime([end - (left - 1) * MINUTE_MS, end]);
  const close = (): void => void act?.({ kind: 'window', account, person: owner.address, open: false });
  return (
    <div class={`window-bar ${left > 0 ? '' : 'window-bar--closed'}`}>
      <Icon of={left > 0 ? LockOpen : Lock} size={14} />
      <span>{left > 0 ? texts.open(Math.floor(left / 60), left % 60) : texts.closed}</span>
      {left > 0 && act && (
        <button type="button" class="window-close" onClick={close}>
          {texts.close}
        </button>
      )}
    </div>
  );
}
