// Runs tests against mutated sources, one mutant after another, in a process that may be killed: a
// mutant can loop for ever. Reads {file, code, stages} by IPC and answers {killed}. A stage is
// a list of folders or files of tests; the next one is run only when the one before noticed nothing.
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

const root = process.cwd();
const current = { file: '', code: '' };

const vitest = await createVitest(
  'test',
  {
    config: false,
    root,
    watch: false,
    include: ['src/**/*.test.ts', 'test/properties/*.test.ts'],
    exclude: ['**/*.long.test.ts', 'node_modules/**'],
    env: { TZ: 'Pacific/Kiritimati' },
    reporters: [{}],
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: 50_000,
    isolate: false,
  },
  {
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load: (id) => (id === current.file ? current.code : undefined),
      },
    ],
  },
);

/** Modules of a file are built anew at the next run. */
function forget(file) {
  for (const { vite } of vitest.projects) {
    for (const { moduleGraph } of Object.values(vite.environments)) {
      for (const module of moduleGraph.getModulesByFile(file) ?? []) {
        moduleGraph.invalidateModule(module);
      }
    }
  }
}

async function killedBy(stage) {
  const specifications = await vitest.globTestSpecifications(stage);
  // Unhandled errors are not asked for: the instance keeps those of the mutants before.
  const { testModules } = await vitest.runTestSpecifications(specifications, true);
  if (testModules.length === 0) throw new Error(`no tests in ${stage.join(', ')}`);
  return testModules.some((module) => !module.ok());
}

async function isKilled({ file, code, stages }) {
  forget(current.file);
  current.file = join(root, file);
  current.code = code;
  forget(current.file);
  for (const tests of stages) if (await killedBy(tests)) return true;
  return false;
}

process.on('message', (task) => {
  void isKilled(task).then((killed) => process.send({ killed }));
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
