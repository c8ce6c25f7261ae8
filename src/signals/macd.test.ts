import { describe, expect, it } from 'vitest';
import { macd } from './macd.ts';

// Differences of averages near 100: rounding of the reference is a few 1e-14.
const ABSOLUTE = 1e-10;

// MACD(12,26,9) of 100 + 10 sin(i / 5) + 0.3 i, i = 0..59, averages seeded with their SMA
// (the convention of Tulip Indicators), computed independently.
const MACD: readonly number[] = [
  -4.697796685081215, -4.451546602805863, -4.09565427766934, -3.633339735120501,
  -3.0728385769728987, -2.4270224985152424, -1.712837831060213, -0.9505844264407983,
  -0.16306354780344634, 0.6253713591810168, 1.3898232774330381, 2.1058795128919314,
  2.750618007618783, 3.303552068476236, 3.74747596305734, 4.069177785015256, 4.259991279927391,
  4.31616473968667, 4.239032362521684, 4.034981346665518, 3.7152161247592232, 3.295329228910532,
  2.7946959807761544, 2.235717220008553, 1.6429403381304013, 1.0420937320691621, 0.4590732389857237,
  -0.08107897574841161, -0.5551623086729052, -0.9427329459565925, -1.226909888648251,
  -1.3950395923912282, -1.4391926783840745, -1.3564728702348532, -1.1491258002188687,
];
const SIGNAL: readonly (number | null)[] = [
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  -2.800520464607724,
  -2.115342099849976,
  -1.4143090243933734,
  -0.7102713169363124,
  -0.018093452025293333,
  0.6462356520750127,
  1.2664837142714784,
  1.8270225284202342,
  2.313616278721666,
  2.714125970914667,
  3.0191072492360704,
  3.22228206872196,
  3.320868879929413,
  3.315760949725637,
  3.2115479559357403,
  3.016381808750303,
  2.741693514626323,
  2.401773558114891,
  2.0132334942890577,
  1.5943710002815639,
  1.16446433849067,
  0.7430248816012176,
  0.3490379275513239,
  0.00022242356281348963,
  -0.2876605968265641,
  -0.501423051508222,
  -0.6309636012503513,
];

describe('macd', () => {
  const prices = Float64Array.from({ length: 60 }, (_unused, i) => {
    return 100 + 10 * Math.sin(i / 5) + 0.3 * i;
  });
  const result = macd(prices);

  it('reproduces all 35 reference values of the line', () => {
    expect([...result.macd.subarray(0, 25)].every(Number.isNaN)).toBe(true);
    const tail = [...result.macd.subarray(25)];
    expect(tail.length).toBe(MACD.length);
    tail.forEach((value, i) => {
      expect(Math.abs(value - (MACD[i] ?? Number.NaN))).toBeLessThan(ABSOLUTE);
    });
  });

  it('reproduces the signal and their difference', () => {
    SIGNAL.forEach((expected, i) => {
      const signal = result.signal[25 + i] ?? Number.NaN;
      const histogram = result.histogram[25 + i] ?? Number.NaN;
      if (expected === null) {
        expect(signal).toBeNaN();
        expect(histogram).toBeNaN();
        return;
      }
      expect(Math.abs(signal - expected)).toBeLessThan(ABSOLUTE);
      expect(Math.abs(histogram - ((MACD[i] ?? Number.NaN) - expected))).toBeLessThan(ABSOLUTE);
    });
  });
});
