/** Prints the notes, tables and targets of a section. */
export function printSection({ title, notes = [], tables = [], targets = [], skipped }) {
  console.log(`\n== ${title}`);
  if (skipped) {
    console.log(`Skipped: ${skipped}`);
    return;
  }
  for (const note of notes) console.log(`   ${note}`);
  for (const table of tables) printTable(table);
  printTargets(targets);
}

/** Prints targets with their values, and whether they were met. */
export function printTargets(targets) {
  for (const target of targets) {
    const wanted = target.least === undefined ? `at most ${target.most}` : `at least ${target.least}`;
    console.log(`   ${isMet(target) ? 'met   ' : 'MISSED'} ${target.name}: ${format(target.value)} (${wanted})`);
  }
}

export function isMet({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }) {
  return value >= least && value <= most;
}

export function format(value) {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

function printTable({ title, columns, rows }) {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const written = (line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  console.log(`\n   ${title}`);
  console.log(`   ${written(columns)}`);
  console.log(`   ${widths.map((width) => '─'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(`   ${written(row)}`);
  console.log();
}
