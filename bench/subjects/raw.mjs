// The lower bound: the same POST with a bare undici Pool, without validation and stores.
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
      const result = await body.json();
      if (statusCode !== 200) throw new Error(`The provider responded with ${statusCode}.`);
      return result.messageId;
    },
    close: () => pool.close(),
  };
}
