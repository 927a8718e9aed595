import type { Previewed } from '../draft/use-preview.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { CodeView } from './code-view.js';
import { ProviderPreview } from './provider-preview.js';
import './providers.css';

/** Shows what each account would send, and the code that sends it. */
export function ProvidersView({ previewed, chosen }: { previewed: Previewed; chosen: string }) {
  const { draft, previews } = previewed;
  const { providers } = usePlaygroundTexts();
  const isInvalid = previews.some(({ issues }) => issues.length > 0);
  return (
    <section class="providers-view" aria-label={providers.label}>
      <h2 class="view-title">{providers.label}</h2>
      {previews.length === 0 && <p class="view-none">{providers.looking}</p>}
      {isInvalid && <p class="view-none">{providers.fix}</p>}
      {chosenFirst(previews, chosen).map((preview) => (
        <ProviderPreview
          key={preview.account}
          preview={preview}
          kind={draft.kind}
          isChosen={preview.account === chosen}
        />
      ))}
      <CodeView previewed={previewed} />
    </section>
  );
}

function chosenFirst(previews: Previewed['previews'], chosen: string): Previewed['previews'] {
  const isChosen = ({ account }: { account: string }) => account === chosen;
  return [...previews.filter(isChosen), ...previews.filter((preview) => !isChosen(preview))];
}
