import type { Draft } from '../draft/draft.js';
import { type ExampleName, exampleDraft } from '../draft/examples.js';
import { usePlaygroundTexts } from '../language/texts.js';

const names: readonly ExampleName[] = ['appointment', 'times', 'thanks', 'reminder', 'order', 'mixture', 'issues'];

/** Lets the user start from an example. */
export function Examples({ onChoose }: { onChoose: (draft: Draft) => void }) {
  const { examples } = usePlaygroundTexts();
  return (
    <nav class="examples" aria-label={examples.label}>
      {names.map((name) => (
        <button key={name} type="button" class="chip" onClick={() => onChoose(exampleDraft(name, examples.texts))}>
          {examples.names[name]}
        </button>
      ))}
    </nav>
  );
}
