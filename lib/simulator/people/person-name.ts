const GIVEN_NAMES = [
  'Maria',
  'João',
  'Ana',
  'Bruno',
  'Carla',
  'Diego',
  'Elisa',
  'Fábio',
  'Helena',
  'Igor',
  'Júlia',
  'Luís',
];
const FAMILY_NAMES = [
  'Souza',
  'Silva',
  'Almeida',
  'Barros',
  'Costa',
  'Duarte',
  'Ferraz',
  'Lima',
  'Moreira',
  'Prado',
  'Rocha',
];

/** Returns a generated name for a phone number or address. The same address always has the same name. */
export function personName(address: string): string {
  const sum = [...address].reduce((total, character) => (total * 31 + character.charCodeAt(0)) % 1_000_003, 7);
  const givenName = GIVEN_NAMES[sum % GIVEN_NAMES.length];
  const familyName = FAMILY_NAMES[sum % FAMILY_NAMES.length];
  return `${givenName} ${familyName}`;
}
