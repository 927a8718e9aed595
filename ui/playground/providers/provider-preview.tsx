import { CircleAlert, CircleCheck, CircleX, FileText, List, ListOrdered, Split, Type } from 'lucide';
import { Icon } from '../../phone/icons/icon.js';
import { providerNames } from '../../phone/phone/provider-names.js';
import type { Preview } from '../client/playground-client.js';
import type { DraftKind } from '../draft/draft.js';
import { sentForm } from '../draft/sent-form.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { JsonCode } from './json-code.js';

const drawings = {
  buttons: CircleCheck,
  list: List,
  template: FileText,
  split: Split,
  text: ListOrdered,
  plain: Type,
  refused: CircleX,
  invalid: CircleAlert,
} as const;

export interface ProviderPreviewProps {
  readonly preview: Preview;
  /** What was previewed. */
  readonly kind: DraftKind;
  readonly isChosen: boolean;
}

/** Shows what an account would send, or why it cannot. */
export function ProviderPreview({ preview, kind, isChosen }: ProviderPreviewProps) {
  const texts = usePlaygroundTexts();
  const { provider, reasons, requests } = preview;
  const form = formOf(preview, kind);
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

function formOf(preview: Preview, kind: DraftKind): keyof typeof drawings {
  if (preview.issues.length > 0) return 'invalid';
  return preview.carries ? sentForm(preview, kind) : 'refused';
}

/** Returns the end of a path, in which requests differ. */
function shortPath(path: string): string {
  return `…/${path.split('/').slice(-2).join('/')}`;
}
