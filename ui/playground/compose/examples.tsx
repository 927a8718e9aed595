import type { Draft } from '../draft/draft.js';
import { type ExampleName, exampleDraft } from '../draft/examples.js';
import { useWords } from '../language/words.js';

const names: readonly ExampleName[] = ['appointment', 'order', 'mixture', 'faults'];

/** Drafts to begin with. */
export function Examples({ onChoose }: { onChoose: (draft: Draft) => void }) {
  const { examples } = useWords();
  return (
    <nav class="examples" aria-label={examples.label}>
      {names.map((name) => (
        <button key={name} type="button" class="chip" onClick={() => onChoose(exampleDraft(name, examples.words))}>
          {examples.names[name]}
        </button>
      ))}
    </nav>
  );
}
