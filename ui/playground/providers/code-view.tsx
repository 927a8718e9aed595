import { Check, Copy } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import { useCopy } from '../../phone/phone/use-copy.js';
import { messageOf } from '../draft/message-of-draft.js';
import { optionsOf } from '../draft/options-of-draft.js';
import type { Previewed } from '../draft/use-preview.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { sourceCode } from './source-code.js';

/** Shows the call that sends the message, to copy it into an application. */
export function CodeView({ previewed }: { previewed: Previewed }) {
  const { providers } = usePlaygroundTexts();
  const code = codeOf(previewed);
  const { isCopied, copy } = useCopy(code);
  return (
    <article class="provider">
      <header>
        <h3>{providers.code}</h3>
        <button type="button" class="quiet-button" onClick={copy}>
          <Icon of={isCopied ? Check : Copy} size={15} />
          <span aria-live="polite">{isCopied ? providers.copied : providers.copyCode}</span>
        </button>
      </header>
      <div class="request">
        <pre class="json">{code}</pre>
      </div>
    </article>
  );
}

function codeOf({ draft, quoted }: Previewed): string {
  const method = draft.by === 'queue' ? 'queue.enqueue' : 'messaging.send';
  const parts = [messageOf(draft), optionsOf(draft, quoted)].map((part) => `  ${sourceCode(part, '  ')},\n`);
  return `await this.${method}(\n${parts.join('')});`;
}
