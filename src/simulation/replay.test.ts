import { describe, expect, it } from 'vitest';
import { createLv2jh } from './lv2jh.ts';
import type { PathModel } from './path-model.ts';
import { createReplay, replayStarts } from './replay.ts';

const HISTORY = createLv2jh({ years: 3 }).generate(2, 0);

function replay(years: number): PathModel {
  const made = createReplay(HISTORY, { years });
  if (!made.ok) throw new Error('the history is long enough');
  return made.value;
}

describe('the replay from every start date', () => {
  it('has as many paths as start dates with enough sessions after them', () => {
    expect(replay(1).paths).toBe(2 * 252 + 1);
    expect(replay(3).paths).toBe(1);
    expect(replayStarts(252, 1)).toBe(1);
    expect(createReplay(HISTORY, { years: 4 })).toEqual({
      ok: false,
      error: { kind: 'window-too-short', need: 1008, have: 756 },
    });
  });

  it('starts path i at session i, after the sessions recorded before it', () => {
    const path = replay(1).generate(1, 7);
    const first = HISTORY.start + 7;
    expect(path.day[path.start]).toBe(HISTORY.day[first]);
    expect(path.start).toBe(300);
    expect(path.length).toBe(300 + 252);
    expect(path.spxClose[path.start]).toBe(HISTORY.spxClose[first]);
    expect(path.theta[path.start * 4 + 2]).toBe(HISTORY.theta[first * 4 + 2]);
    expect(path.vxSettle.at(-1)).toBe(HISTORY.vxSettle[(first + 252) * 10 - 1]);
  });

  it('is the whole history when one path fits, and draws nothing', () => {
    const { label: _, ...path } = replay(3).generate(1, 0);
    const { label: __, ...whole } = HISTORY;
    expect(path).toEqual(whole);
    expect(replay(3).generate(2, 0)).toEqual(replay(3).generate(1, 0));
  });

  it('counts liquid weeklies from its own first session', () => {
    const session = HISTORY.start + 10;
    const listed = { ...HISTORY, liquidWeeklies: new Map([[session, [20_000]]]) };
    const made = createReplay(listed, { years: 1 });
    const path = made.ok ? made.value.generate(1, 4) : undefined;
    expect([...(path?.liquidWeeklies ?? [])]).toEqual([[306, [20_000]]]);
  });
});
