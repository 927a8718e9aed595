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

/** What to do while no message has come. */
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
      <p>{texts.empty.words}</p>
      <ol>
        <Step words={accounts} code={accountsCode} isDone={false} />
        <Step words={webhooks} code={state.webhooks ?? webhooksCode} isDone={state.webhooks !== null} />
        <Step words={send} code={sendCode} isDone={false} />
      </ol>
      <p class="promise">{texts.empty.promise}</p>
    </div>
  );
}

function Step({ words, code, isDone }: { words: string; code: string; isDone: boolean }) {
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
        {words}
        {isDone && <Icon of={Check} size={16} />}
      </p>
      <div class="code">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre tabIndex={0}>{code}</pre>
        <button
          type="button"
          class="round-button"
          aria-label={isCopied ? texts.copied : `${texts.copyText}: ${words}`}
          onClick={copy}
        >
          <Icon of={isCopied ? Check : Copy} size={16} />
        </button>
      </div>
    </li>
  );
}
