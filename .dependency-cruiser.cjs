/**
 * The floors of the house. A folder imports from its own floor and from those below it, never from above, and never in
 * a circle.
 */
const FLOORS = [
  ['errors', 'validation', 'message', 'events', 'telemetry', 'time'],
  ['config'],
  ['transport'],
  ['delivery'],
  ['providers'],
  ['webhooks', 'http'],
];

/** The entry points of their own, on top of the house: nothing inside knows of them. */
const ENTRIES = ['health', 'queue', 'simulator', 'swagger', 'testing'];

function onFloors(floors) {
  return `^lib/(${floors.flat().join('|')})/`;
}

const downOnly = FLOORS.slice(1).map((_, index) => ({
  name: `floor-${index}-imports-no-floor-above`,
  severity: 'error',
  from: { path: onFloors([FLOORS[index]]) },
  to: { path: [onFloors(FLOORS.slice(index + 1)), '^lib/[^/]+\\.ts$'] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...downOnly,
    {
      name: 'house-imports-no-entry',
      comment: 'What only some users need must not be loaded by all.',
      severity: 'error',
      from: { path: [onFloors(FLOORS), '^lib/[^/]+\\.ts$'] },
      to: { path: onFloors(ENTRIES) },
    },
    ...ENTRIES.map((entry) => ({
      name: `${entry}-imports-no-other-entry`,
      severity: 'error',
      from: { path: onFloors([entry]) },
      to: { path: onFloors(ENTRIES.filter((other) => other !== entry)) },
    })),
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      from: { path: '^lib/(?!cli/)' },
      to: { path: '^lib/cli/' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      from: { path: '^lib/' },
      // A type alone makes no circle at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'simulator-stands-alone',
      comment: 'It judges the package, so it shares no rule with it.',
      severity: 'error',
      from: { path: '^lib/simulator/' },
      to: { path: '^lib/(?!simulator/)' },
    },
    {
      name: 'server-takes-no-page',
      comment: 'What browsers run is built apart; servers and pages share types alone.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/simulator/page/' },
      to: { path: '^lib/simulator/page/' },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/simulator/page/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        dependencyTypesNot: ['npm', 'npm-peer', 'core'],
      },
    },
    {
      name: 'no-sample-or-test-in-the-package',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(sample|test|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
