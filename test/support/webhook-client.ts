import type { Callback } from './webhook-requests.js';

/** The answer to a request. */
export interface Answer {
  status: number;
  text: string;
  contentType: string;
}

/** Posts a callback over HTTP. */
export async function post(address: string, { headers, query, rawBody }: Omit<Callback, 'method'>): Promise<Answer> {
  return answerOf(
    await fetch(`${address}${search(query)}`, { method: 'POST', headers, body: new Uint8Array(rawBody) }),
  );
}

/** Asks over HTTP. */
export async function get(address: string, query: Record<string, string> = {}): Promise<Answer> {
  return answerOf(await fetch(`${address}${search(query)}`));
}

/** The status of a post, or `refused` where the server hangs up before all was sent. */
export async function postOrRefused(address: string, request: Omit<Callback, 'method'>): Promise<number | 'refused'> {
  try {
    return (await post(address, request)).status;
  } catch {
    return 'refused';
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { status, text: await response.text(), contentType: headers.get('content-type') ?? '' };
}

function search(query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}
