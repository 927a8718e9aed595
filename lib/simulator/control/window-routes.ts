import { BodyCheck } from '../checks/body-check.js';
import type { JsonObject } from '../json.js';
import type { WindowMode } from '../windows/window.interface.js';
import type { ControlDependencies, ControlRoute } from './control-routes.js';

const MODES: readonly WindowMode[] = ['off', 'status', 'response'];

/** Returns the routes of 24-hour windows and their clock. */
export function windowRoutes({ windows, accountWindows, clock }: ControlDependencies): [string, ControlRoute][] {
  const state = () => ({
    now: new Date(clock.now()),
    modes: accountWindows.modes(),
    open: accountWindows.list(),
  });
  return [
    ['GET /windows', state],
    [
      'PUT /windows',
      (body) => {
        const { account, mode } = readEnforcement(body);
        accountWindows.enforce(account, mode);
        return state();
      },
    ],
    [
      'POST /clock',
      (body) => {
        windows.advance(Number(body.advanceMs));
        return state();
      },
    ],
  ];
}

function readEnforcement(body: JsonObject): { account: string; mode: WindowMode } {
  const check = new BodyCheck(body);
  const account = check.optionalText('account') ?? 'whatsapp-cloud';
  const mode = check.word('mode', MODES) ?? 'off';
  const [issue] = check.issues;
  if (issue) throw new TypeError(issue.message);
  return { account, mode };
}
