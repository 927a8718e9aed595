import { useEffect, useState } from 'preact/hooks';
import type { PlaygroundClient, Preview } from '../client/playground-client.js';
import type { Draft } from './draft.js';

const pauseMs = 180;

/** A draft, and what each account would send for it. */
export interface Previewed {
  readonly draft: Draft;
  readonly previews: readonly Preview[];
}

/** What was last seen of a draft: it follows as soon as its writer pauses. */
export function usePreview(draft: Draft, client: PlaygroundClient): Previewed {
  const [previewed, setPreviewed] = useState<Previewed>({ draft, previews: [] });
  useEffect(() => {
    const ended = new AbortController();
    const look = (): void => {
      client.preview(draft, ended.signal).then(
        (previews) => setPreviewed({ draft, previews }),
        // Something newer was written, or the server is away, which is said elsewhere.
        () => {},
      );
    };
    const pause = window.setTimeout(look, pauseMs);
    return () => {
      window.clearTimeout(pause);
      ended.abort();
    };
  }, [draft, client]);
  return previewed;
}
