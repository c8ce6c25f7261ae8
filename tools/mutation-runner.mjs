// Runs tests against a mutated source in a process that may be killed: a mutant can loop for ever.
// Reads one {file, code, stages} by IPC and answers {killed}. A stage is
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
    bail: 1,
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

async function killedBy(stage) {
  const specifications = await vitest.globTestSpecifications(stage);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, true);
  if (testModules.length === 0) throw new Error(`no tests in ${stage.join(', ')}`);
  return unhandledErrors.length > 0 || testModules.some((module) => !module.ok());
}

async function isKilled({ file, code, stages }) {
  current.file = join(root, file);
  current.code = code;
  for (const tests of stages) if (await killedBy(tests)) return true;
  return false;
}

process.on('message', (task) => {
  void isKilled(task).then((killed) => process.send({ killed }));
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
