import { useEffect, useReducer } from 'preact/hooks';
import type { PlaygroundNews } from '../../../sample/04-playground/src/timelines/timeline.interface.js';
import type { AsJson } from './as-json.js';
import { EMPTY_STATE, type LiveState, reduceLiveState } from './live-state.js';
import type { PlaygroundClient } from './playground-client.js';

type Update = AsJson<PlaygroundNews> | { readonly kind: 'connection'; readonly isConnected: boolean };

/** Returns the state that the server has reported since the page was opened. */
export function useLiveState(client: PlaygroundClient): LiveState {
  const [state, dispatch] = useReducer<LiveState, Update>(
    (known, update) =>
      update.kind === 'connection' ? { ...known, isConnected: update.isConnected } : reduceLiveState(known, update),
    EMPTY_STATE,
  );
  useEffect(() => client.listen(dispatch, (isConnected) => dispatch({ kind: 'connection', isConnected })), [client]);
  return state;
}
