import { describe, expect, it } from 'vitest';
import { edrCanonical, edrGlossary, edrLearn } from './expected-daily-range.ts';

describe('expected daily range', () => {
  it('is one deviation of one session: 80.7 points at SPX 7138.8 and 17.95', () => {
    expect(edrCanonical(7138.8, 17.95)).toBeCloseTo(80.72, 2);
    expect(edrCanonical(5000, 16)).toBeCloseTo((5000 * 0.16) / Math.sqrt(252), 12);
  });

  it('of the published lesson does not give what its worked example prints', () => {
    const printed = 57;
    const computed = edrLearn(5540, 14, 11.2, 0.018);
    expect(computed).toBeCloseTo(698.04, 10);
    expect(computed / printed).toBeGreaterThan(12);
    // No reading of the precedence, nor percent for points, gives 57 either.
    const readings = [
      14 * 0.1 + 11.2 * 0.5 * 0.018 * 5540,
      0.01 * computed,
      14 * 0.1 * 0.018 * 5540,
    ];
    for (const reading of readings) expect(Math.abs(reading - printed)).toBeGreaterThan(40);
    // One deviation of a session at those inputs is 49 points.
    expect(edrCanonical(5540, 14)).toBeCloseTo(48.86, 2);
  });

  it('of the published glossary is a weighted sum of two volatilities times a free number', () => {
    expect(edrGlossary(14, 11.2, 1)).toBeCloseTo(7, 12);
    expect(edrGlossary(14, 11.2, 2)).toBeCloseTo(14, 12);
  });

  it('is NO DATA without its volatilities', () => {
    expect(edrCanonical(5000, Number.NaN)).toBeNaN();
    expect(edrLearn(5000, 14, Number.NaN, 0.02)).toBeNaN();
  });
});
