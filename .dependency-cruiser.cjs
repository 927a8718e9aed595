/** The layers. A folder imports from its own layer and from those below it, never from above, and never in a cycle. */
const LAYERS = [
  ['errors', 'validation', 'message', 'events', 'telemetry', 'async'],
  ['config'],
  ['stores', 'transport'],
  ['resilience'],
  ['adapters'],
  ['sending', 'media', 'filters', 'pipes'],
  ['webhooks'],
];

/** The entry points beside the main one. No layer imports them. */
const ENTRIES = ['health', 'queue', 'simulator', 'swagger', 'testing'];

function inFolders(layers) {
  return `^lib/(${layers.flat().join('|')})/`;
}

const downOnly = LAYERS.slice(1).map((_, index) => ({
  name: `layer-${index + 1}-imports-no-layer-above`,
  severity: 'error',
  from: { path: inFolders([LAYERS[index]]) },
  to: { path: [inFolders(LAYERS.slice(index + 1)), '^lib/[^/]+\\.ts$'] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...downOnly,
    {
      name: 'layers-import-no-entry',
      comment: 'What only some users need must not be loaded by all.',
      severity: 'error',
      from: { path: [inFolders(LAYERS), '^lib/[^/]+\\.ts$'] },
      to: { path: inFolders(ENTRIES) },
    },
    ...ENTRIES.map((entry) => ({
      name: `${entry}-imports-no-other-entry`,
      severity: 'error',
      from: { path: inFolders([entry]) },
      to: { path: inFolders(ENTRIES.filter((other) => other !== entry)) },
    })),
    {
      name: 'no-imports-of-the-command-line',
      severity: 'error',
      from: { path: '^lib/(?!cli/)' },
      to: { path: '^lib/cli/' },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: { path: '^lib/' },
      // A type alone makes no cycle at run time.
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
      name: 'embedded-postgres-stands-alone',
      comment: 'It is a database, and could be a package of its own.',
      severity: 'error',
      from: { path: '^lib/embedded-postgres/' },
      to: { path: '^lib/(?!embedded-postgres/)' },
    },
    {
      name: 'only-the-engine-opens-the-embedded-database',
      severity: 'error',
      from: { path: '^lib/(?!embedded-postgres/|queue/engines/)' },
      to: { path: '^lib/embedded-postgres/' },
    },
    {
      name: 'server-takes-no-page',
      comment: 'What browsers run is built apart; servers and pages share types alone.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^ui/' },
      to: { path: '^ui/' },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^ui/' },
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
