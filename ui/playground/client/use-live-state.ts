import { useEffect, useReducer } from 'preact/hooks';
import type { PlaygroundNews } from '../../../sample/04-playground/src/timelines/timeline.interface.js';
import type { AsJson } from './as-json.js';
import { EMPTY_STATE, type LiveState, reduceLiveState } from './live-state.js';
import type { PlaygroundClient } from './playground-client.js';

type Told = AsJson<PlaygroundNews> | { readonly kind: 'connection'; readonly isConnected: boolean };

/** Returns the state that the server has reported since the page was opened. */
export function useLiveState(client: PlaygroundClient): LiveState {
  const [news, hear] = useReducer<LiveState, Told>(
    (known, told) =>
      told.kind === 'connection' ? { ...known, isConnected: told.isConnected } : reduceLiveState(known, told),
    EMPTY_STATE,
  );
  useEffect(() => client.listen(hear, (isConnected) => hear({ kind: 'connection', isConnected })), [client]);
  return news;
}
