import { CircleAlert, CircleCheck, CircleX, FileText, List, Split, Type } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import { providerNames } from '../../phone/phone/provider-names.js';
import type { Preview } from '../client/playground-client.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { JsonCode } from './json-code.js';

const drawings = {
  buttons: CircleCheck,
  list: List,
  template: FileText,
  split: Split,
  text: Type,
  refused: CircleX,
  invalid: CircleAlert,
} as const;

/** Shows what an account would send, or why it cannot. */
export function ProviderPreview({ preview, isChosen }: { preview: Preview; isChosen: boolean }) {
  const texts = usePlaygroundTexts();
  const { provider, reasons, requests } = preview;
  const form = formOf(preview);
  const name = Object.entries(providerNames).find(([known]) => known === provider)?.[1] ?? provider;
  return (
    <article class={`provider ${isChosen ? 'provider--chosen' : ''}`} data-account={preview.account}>
      <header>
        <h3>
          {name}
          {isChosen && <small>{texts.providers.chosen}</small>}
        </h3>
        <span class={`badge badge--${form}`}>
          <Icon of={drawings[form]} size={14} />
          {texts.as[form]}
        </span>
      </header>
      {reasons.length > 0 && (
        <ul class="reasons" lang="en">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {requests.map((request, place) => (
        // Choosing another account opens its requests.
        <details key={`${place} ${isChosen}`} class="request" open={isChosen}>
          <summary>
            <span class="unseen">
              {requests.length > 1 ? texts.providers.requestOf(place + 1, requests.length) : texts.providers.request}
            </span>
            <span class="request-method">{request.method}</span>
            <code>{shortPath(request.path)}</code>
          </summary>
          <code class="request-path">{request.path}</code>
          <JsonCode value={request.body} />
        </details>
      ))}
    </article>
  );
}

function formOf({ carries, as = 'buttons', issues }: Preview): keyof typeof drawings {
  if (issues.length > 0) return 'invalid';
  return carries ? as : 'refused';
}

/** Returns the end of a path, in which requests differ. */
function shortPath(path: string): string {
  return `…/${path.split('/').slice(-2).join('/')}`;
}
