const givenNames = [
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
const familyNames = [
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
  const givenName = givenNames[sum % givenNames.length];
  const familyName = familyNames[sum % familyNames.length];
  return `${givenName} ${familyName}`;
}
