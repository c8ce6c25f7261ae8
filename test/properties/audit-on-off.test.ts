import { describe, expect, it } from 'vitest';
import { summarisePath } from '../../src/evaluation/path-summary.ts';
import { runOnPath } from '../../src/run/run-block.ts';
import { createLv2jh } from '../../src/simulation/lv2jh.ts';
import { OPTIONS } from '../../src/engine/run-sketch.fixture.ts';
import { shipped } from './shipped-policies.ts';

const PATHS = 100;
const POLICIES = ['alvh-45', 'martingale-strangle'].map((name) => shipped(name));

describe('a simulated path run again with the audit on', () => {
  it(`gives the same bytes on ${PATHS} paths`, () => {
    const model = createLv2jh({ years: 1 });
    let memory: ReturnType<typeof model.generate> | undefined;
    for (let index = 0; index < PATHS; index += 1) {
      const path = model.generate(20_261_125, index * 7919, memory);
      memory = path;
      const bare = runOnPath(path, POLICIES, OPTIONS, 'summary').map((record) =>
        summarisePath(record),
      );
      const audited = runOnPath(path, POLICIES, OPTIONS, 'full').map((record) =>
        summarisePath(record),
      );
      expect(JSON.stringify(audited)).toBe(JSON.stringify(bare));
    }
  });
});
