// Measures the package and reports which targets it meets. See README.md in this folder.
//   npm run bench -- [--quick] [--only sends,validation] [--json FILE] [--svg FILE]
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.mjs';
import { drawCharts } from './report/chart.mjs';
import { isMet, printSection, printTargets } from './report/terminal.mjs';
import { SECTIONS } from './sections/index.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(SECTIONS).join(',') },
    json: { type: 'string' },
    svg: { type: 'string', default: new URL('./results/latest.svg', import.meta.url).pathname },
  },
});
const names = options.only.split(',');
const unknown = names.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) throw new Error(`Unknown section ${unknown}. The sections are ${Object.keys(SECTIONS)}.`);

const machine = describeMachine();
console.log(
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, node ${machine.node}`,
);
console.log(
  Object.entries(machine.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', '),
);
console.log(
  `Load before: ${machine.loadBefore.toFixed(2)}. Ratios are of rounds in turn in one run; read those first.`,
);

const sections = {};
for (const name of names) {
  const { run } = await SECTIONS[name]();
  sections[name] = await run({ quick: options.quick });
  printSection(sections[name]);
}

const found = Object.values(sections);
const targets = found.flatMap((section) => section.targets ?? []);
console.log('\n== Targets');
printTargets(targets);
console.log(`   ${targets.filter(isMet).length} of ${targets.length} met.`);

const charts = found.flatMap((section) => section.charts ?? []);
if (charts.length > 0) {
  writeFileSync(options.svg, drawCharts(machine, charts));
  console.log(`\nChart: ${options.svg}`);
}
if (options.json)
  writeFileSync(options.json, `${JSON.stringify({ machine, quick: options.quick, sections }, null, 2)}\n`);
