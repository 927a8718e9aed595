import { Check, Copy, Smartphone } from 'lucide';
import { useState } from 'preact/hooks';
import type { PhoneBookState } from '../phone/client/phone-book.js';
import { Icon } from '../phone/icons/icon.js';
import { useTexts } from '../phone/language/language.js';

const accountsCode = `ButtonMessagingModule.forRoot({
  accounts: simulator.accounts(),
  defaultAccount: 'z-api',
  webhooks: { path: 'webhooks' },
})`;
const webhooksCode = `simulator.webhooks('http://127.0.0.1:3000/webhooks');`;
const sendCode = `await messaging.send({
  to: '5511999990001',
  text: 'Shall we confirm?',
  buttons: [
    { type: 'reply', id: 'yes', title: 'Yes' },
    { type: 'reply', id: 'no', title: 'No' },
  ],
});`;

/** Explains what to do before the first message. */
export function EmptyPage({ state }: { state: PhoneBookState }) {
  const texts = useTexts();
  if (state.connection === 'connecting') return <p class="connecting">{texts.connection.connecting}</p>;
  const [accounts, webhooks, send] = texts.empty.steps;
  return (
    <div class="empty">
      <span class="empty-picture">
        <Icon of={Smartphone} size={34} />
      </span>
      <h2>{texts.empty.title}</h2>
      <p>{texts.empty.intro}</p>
      <ol>
        <Step label={accounts} code={accountsCode} isDone={false} />
        <Step label={webhooks} code={state.webhooks ?? webhooksCode} isDone={state.webhooks !== null} />
        <Step label={send} code={sendCode} isDone={false} />
      </ol>
      <p class="promise">{texts.empty.promise}</p>
    </div>
  );
}

function Step({ label, code, isDone }: { label: string; code: string; isDone: boolean }) {
  const texts = useTexts();
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <li class={isDone ? 'step step--done' : 'step'}>
      <p>
        {label}
        {isDone && <Icon of={Check} size={16} />}
      </p>
      <div class="code">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
        <pre tabIndex={0}>{code}</pre>
        <button
          type="button"
          class="round-button"
          aria-label={isCopied ? texts.copied : `${texts.copyText}: ${label}`}
          onClick={copy}
        >
          <Icon of={isCopied ? Check : Copy} size={16} />
        </button>
      </div>
    </li>
  );
}
