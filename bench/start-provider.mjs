import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts the loopback provider. `accepted()` returns the number of accepted requests. */
export async function startProvider() {
  const child = fork(new URL('./provider.mjs', import.meta.url), { execArgv: [] });
  const [{ port }] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    async accepted() {
      child.send('count');
      const [{ accepted }] = await once(child, 'message');
      return accepted;
    },
    stop: () => child.disconnect(),
  };
}
