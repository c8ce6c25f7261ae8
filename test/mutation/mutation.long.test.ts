import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutated, mutantsOf, sampleOf } from './mutants.ts';
import type { Mutant } from './mutants.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SEED = 20_261_125;
const SAMPLE = 300;
const RUNNERS = 2;
/** A mutant that takes longer than any test run here loops for ever: it is noticed. */
const HANGS_AFTER_MS = 60_000;
const LEAST_SCORE = 0.8;

/** Tests of each floor: its own first, then those of the floors that stand on it. */
const STAGES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  kernels: [
    ['src/kernels/', 'test/properties/chain-greeks'],
    ['src/pricing/', 'src/volatility/'],
  ],
  margin: [
    ['src/margin/'],
    ['src/engine/', 'test/properties/condor-margin', 'test/properties/margin-least'],
  ],
  strategy: [
    ['src/strategy/', 'test/properties/ablations'],
    ['src/engine/', 'src/data/policy-file'],
  ],
};

interface Outcome {
  readonly mutant: Mutant;
  readonly floor: string;
  readonly killed: boolean;
}

function floorMutants(floor: string): readonly Mutant[] {
  const folder = join('src', floor);
  return readdirSync(join(ROOT, folder))
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .sort()
    .flatMap((name) => {
      const file = join(folder, name);
      return mutantsOf(file, readFileSync(join(ROOT, file), 'utf8'));
    });
}

/**
 * Whether the tests of a floor notice a text in the place of a file. Each trial has a process of its
 * own: one that lives on would remember the mutant before, and one that loops for ever is killed.
 */
async function isNoticed(file: string, floor: string, code: string): Promise<boolean> {
  const child = await start();
  try {
    return await new Promise<boolean>((done) => {
      const timer = setTimeout(() => done(true), HANGS_AFTER_MS);
      const settle = (killed: boolean): void => {
        clearTimeout(timer);
        done(killed);
      };
      child.once('message', (answer: { readonly killed: boolean }) => settle(answer.killed));
      // A mutant that takes the process down (out of memory) is noticed too.
      child.once('exit', () => settle(true));
      child.send({ file, code, stages: STAGES[floor] });
    });
  } finally {
    child.kill('SIGKILL');
  }
}

async function start(): Promise<ChildProcess> {
  const child = fork(join(ROOT, 'tools/mutation-runner.mjs'), { cwd: ROOT, stdio: 'ignore' });
  await new Promise((ready) => {
    child.once('message', ready);
  });
  return child;
}

async function tryAll(
  mutants: readonly { readonly mutant: Mutant; readonly floor: string }[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < mutants.length) {
      const place = next;
      next += 1;
      const task = mutants[place];
      if (task === undefined) break;
      const { mutant, floor } = task;
      const code = mutated(readFileSync(join(ROOT, mutant.file), 'utf8'), mutant);
      outcomes[place] = { mutant, floor, killed: await isNoticed(mutant.file, floor, code) };
      if (next % 100 === 0) console.log(`mutation: ${next} of ${mutants.length} tried`);
    }
  };
  await Promise.all(Array.from({ length: RUNNERS }, work));
  return outcomes;
}

function reportOf(outcomes: readonly Outcome[], all: number): string {
  const share = (group: readonly Outcome[]): string => {
    const killed = group.filter((outcome) => outcome.killed).length;
    return `${group.length} | ${killed} | ${((100 * killed) / group.length).toFixed(1)} %`;
  };
  const rows = (of: (outcome: Outcome) => string): string =>
    [...new Set(outcomes.map(of))]
      .sort()
      .map((name) => `| ${name} | ${share(outcomes.filter((each) => of(each) === name))} |\n`)
      .join('');
  const survivors = outcomes.filter(({ killed }) => !killed);
  const lines = survivors.map(({ mutant }) => {
    const shorten = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60);
    const to = mutant.to === '' ? 'nothing' : `\`${shorten(mutant.to)}\``;
    const place = `${mutant.file}:${mutant.line}`;
    return `- ${place} ${mutant.operator}: \`${shorten(mutant.from)}\` to ${to}\n`;
  });
  return (
    `# Mutation score\n\nWritten by \`npm run test:long -- test/mutation\`. Of ${all} small changes to ` +
    `kernels, margin and strategy a sample of ${outcomes.length} (seed ${SEED}) was tried; a change is ` +
    `killed when a test fails, the program dies, or it loops for ever.\n\n` +
    `| floor | tried | killed | score |\n|---|---|---|---|\n${rows(({ floor }) => floor)}` +
    `| all | ${share(outcomes)} |\n\n` +
    `| change | tried | killed | score |\n|---|---|---|---|\n` +
    `${rows(({ mutant }) => mutant.operator)}\n## Survivors\n\n${lines.join('')}`
  );
}

describe('mutation score of kernels, margin and strategy', () => {
  it.each(Object.keys(STAGES))('begins with tests of %s that pass', async (floor) => {
    const [mutant] = floorMutants(floor);
    if (mutant === undefined) throw new Error(`${floor} has no mutants`);
    const code = readFileSync(join(ROOT, mutant.file), 'utf8');
    expect(await isNoticed(mutant.file, floor, code)).toBe(false);
  });

  it(`is at least ${100 * LEAST_SCORE} %`, async () => {
    const all = Object.keys(STAGES).flatMap((floor) =>
      floorMutants(floor).map((mutant) => ({ mutant, floor })),
    );
    const drawn = new Set(
      sampleOf(
        all.map(({ mutant }) => mutant),
        SAMPLE,
        SEED,
      ),
    );
    const outcomes = await tryAll(all.filter(({ mutant }) => drawn.has(mutant)));
    mkdirSync(join(ROOT, 'reports'), { recursive: true });
    writeFileSync(join(ROOT, 'reports/mutation.md'), reportOf(outcomes, all.length));
    const killed = outcomes.filter((outcome) => outcome.killed).length;
    expect(killed / outcomes.length).toBeGreaterThanOrEqual(LEAST_SCORE);
  });
});
