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

/** The made-up name of whoever has this number or address: always the same one for the same address. */
export function personName(address: string): string {
  const sum = [...address].reduce((total, character) => (total * 31 + character.charCodeAt(0)) % 1_000_003, 7);
  const givenName = givenNames[sum % givenNames.length];
  const familyName = familyNames[sum % familyNames.length];
  return `${givenName} ${familyName}`;
}
