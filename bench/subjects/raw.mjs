// The limit: the same POST by a bare undici Pool, which checks nothing and keeps nothing.
import { Pool } from 'undici';
import { actions, nextPhone, TEXT } from './messages.mjs';

export async function open(url) {
  const pool = new Pool(url, { connections: 64, pipelining: 1 });
  const path = '/instances/I/token/T/send-button-actions';
  const headers = { 'Client-Token': 'C', 'Content-Type': 'application/json' };
  return {
    name: 'undici Pool, bare',
    pointed: 'its URL',
    async send() {
      const payload = JSON.stringify({ phone: nextPhone(), message: TEXT, buttonActions: actions });
      const { statusCode, body } = await pool.request({ method: 'POST', path, headers, body: payload });
      const answer = await body.json();
      if (statusCode !== 200) throw new Error(`The provider answered ${statusCode}.`);
      return answer.messageId;
    },
    close: () => pool.close(),
  };
}
