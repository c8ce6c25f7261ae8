import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';

function lines(
  isTerminal: boolean,
  show: (progress: ReturnType<typeof createProgress>) => void,
  clock: () => number,
): string {
  let text = '';
  const write = async (part: string): Promise<void> => {
    text += part;
  };
  const progress = createProgress({ write, isTerminal }, 'futures', clock);
  show(progress);
  progress.end();
  return text;
}

describe('createProgress', () => {
  it('writes a line a tenth, with the time left once two seconds have passed', () => {
    let time = 0;
    const text = lines(
      false,
      ({ show }) => {
        for (let done = 1; done <= 40; done += 1) {
          show(done, 40, 'simulating');
          time += 500;
        }
      },
      () => time,
    );
    const written = text.trimEnd().split('\n');
    expect(written).toHaveLength(11);
    expect(written[0]).not.toContain('left');
    // 20 of 40 after 19 half seconds for 19 blocks: 20 blocks more take 10 s.
    expect(written.find((line) => line.includes(' 20/40 '))).toMatch(/, about 10 s left$/);
    expect(written.at(-1)).toMatch(/40\/40 blocks simulating$/);
  });

  it.each([
    [90, '14 min'],
    [4000, '10.0 h'],
  ])('redraws one line on a terminal; %d s a tenth leave %s', (seconds, left) => {
    let time = 0;
    const text = lines(
      true,
      ({ show }) => {
        show(0, 10, 'a');
        time = 1000 * seconds;
        show(1, 10, 'a');
      },
      () => time,
    );
    expect(text.split('\r')).toHaveLength(3);
    expect(text.endsWith('\n')).toBe(true);
    expect(text).toContain(`about ${left} left`);
  });
});
