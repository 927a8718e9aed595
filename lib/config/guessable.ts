/** Sequences that people type: the alphabet, numbers, rows of the keyboard. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv',
];

/** Common parts of secrets in English and Portuguese, longest first. */
const COMMON_PARTS = new RegExp(
  [
    'configuration|verification|development|production|integration|application|button-?messaging|challenge|chatvolt',
    'whatsapp|webhook|password|passw0rd|p@ssw0rd|passwort|callback|messaging|business|database|default|staging',
    'example|changed?|changeit|letmein|welcome|account|company|private|service|seguro|mensagens|mensagem|segredo',
    'secret|token|verify|verified|string|please|insert|replace|random|strong|secure|simple|sample|public',
    'client|server|master|system|shared|dragon|monkey|message|senha|chave|minha|trocar|mudar|teste|empresa|brasil',
    'admin|super|user|login|hello|world|value|local|hook|test|testing|nest(?:js)?|z-?api|cloud|meta|here|this|your',
    'demo|prod|pass|word|root|some|very|long|foo|bar|baz|api|app|dev|key|hub|the|meu|sua|seu|bot|my|me|it',
  ].join('|'),
  'gi',
);

/** Up to four parts of letters with separators. More may have been chosen randomly. */
const JOINED_WORDS = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)(?:[-_. ](?:[a-z]+|[A-Z][a-z]*|[A-Z]+)){1,3}[!1]*$/;

/** A text that repeats one part. */
const REPEATED = /^(.+?)\1+$/s;

/** Shorter secrets are quickly guessed. */
const MIN_LENGTH = 7;
const MIN_DISTINCT_CHARACTERS = 4;
/** The first characters are enough to judge a longer secret. */
const READ = 128;

/**
 * Checks whether a secret is among the first that an attacker would try: too little remains without its common parts,
 * sequences and repetitions.
 */
export function isGuessable(secret: string): boolean {
  const read = secret.slice(0, READ);
  if (JOINED_WORDS.test(read)) return true;
  const once = REPEATED.exec(read)?.[1] ?? read;
  const left = withoutSequences(once.replace(COMMON_PARTS, '')).replace(/[^\p{L}\p{N}]/gu, '');
  return left.length < MIN_LENGTH || new Set(left).size < MIN_DISTINCT_CHARACTERS;
}

/** Removes sequences of at least three characters, each adjacent to the one before it. */
function withoutSequences(text: string): string {
  const runs: string[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    if (last !== undefined && areNeighbours(last.slice(-1), character)) runs[runs.length - 1] = last + character;
    else runs.push(character);
  }
  return runs.filter((run) => run.length < 3).join('');
}

function areNeighbours(one: string, other: string): boolean {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  return first === second || ROWS.some((row) => row.includes(first + second) || row.includes(second + first));
}
