import { describe, expect, it } from 'vitest';
import { createInterruption, interruptCode } from './interruption.ts';

describe('an interrupt', () => {
  it('ends the process when nobody holds it', () => {
    const ended: number[] = [];
    createInterruption((code) => ended.push(code)).hear(130);
    expect(ended).toEqual([130]);
  });

  it('goes to the command that holds it; the second one ends the process', () => {
    const ended: number[] = [];
    const interruption = createInterruption((code) => ended.push(code));
    const signal = interruption.hold();
    interruption.hear(143);
    expect(signal.aborted).toBe(true);
    expect(interruptCode(signal)).toBe(143);
    expect(ended).toEqual([]);
    interruption.hear(130);
    expect(ended).toEqual([130]);
  });
});
