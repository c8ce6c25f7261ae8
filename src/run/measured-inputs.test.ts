import { describe, expect, it } from 'vitest';
import type { ConceptInput } from './concept-inputs.ts';
import { volatilityNotes } from './measured-inputs.ts';

const input = (name: string, value: number): ConceptInput => ({ name, value, unit: '' });
const MOVE = [input('realised21', 0.084), input('harNext22', 0.113), input('ivRank', 10.4)];

describe('volatilityNotes', () => {
  it('is a sentence of what was measured', () => {
    const [note] = volatilityNotes(
      new Map([
        ['expected-move-capm', MOVE],
        ['clustering', [input('turbulent', 0.012)]],
      ]),
    );
    expect(note).toMatch(/moved at 8\s% a year over 21 sessions/);
    expect(note).toMatch(
      /forecasts 11\s% for the next 22; VIX stands at 10\s% of its year's range/,
    );
    expect(note).toMatch(/probability of 1\s%$/);
  });

  it('is left out where something is unknown', () => {
    expect(volatilityNotes(new Map([['expected-move-capm', MOVE]]))).toEqual([]);
    const unknown = [input('turbulent', Number.NaN)];
    const measured = new Map([
      ['expected-move-capm', MOVE],
      ['clustering', unknown],
    ] as const);
    expect(volatilityNotes(measured)).toEqual([]);
  });
});
