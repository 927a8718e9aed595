/** An answer on its way to other processes. */
export interface ReplyEnvelope {
  /** The exchange that sent it, which has told its own listeners already. */
  origin: string;
  /** The key of the message that was answered: who does not wait for it need not read on. */
  address: string;
  /** Where the answer was too large to travel: the row that holds it. */
  row?: string;
  /** The encoded answer; empty where a row holds it. */
  body: string;
}

/** One line of addresses, then the answer. Origins, keys and row ids hold neither spaces nor line ends. */
export function seal({ origin, address, row, body }: ReplyEnvelope): string {
  return `${origin} ${address}${row === undefined ? '' : ` ${row}`}\n${body}`;
}

/** The envelope, or undefined where it is none. */
export function open(payload: string): ReplyEnvelope | undefined {
  const end = payload.indexOf('\n');
  const [origin, address, row] = payload.slice(0, Math.max(0, end)).split(' ');
  if (!origin || !address) return undefined;
  return { origin, address, ...(row !== undefined && { row }), body: payload.slice(end + 1) };
}
