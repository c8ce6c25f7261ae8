import { describe, expect, it } from 'vitest';
import { castVotes, votesInFavour, votesSentence } from './soft-votes.ts';
import type { VoteView } from './soft-votes.ts';

const RULE = { needed: 2, rangeSessions: 5, termRatioMax: 1 };
const CALM: VoteView = { dailyRange: 40, dailyRangeBefore: 41, divergence: 0, termRatio: 0.9 };

function outcomes(changes: Partial<VoteView>): readonly string[] {
  return castVotes({ ...CALM, ...changes }, RULE).map(({ outcome }) => outcome);
}

describe('votes of the timeframes', () => {
  it.each([
    ['a calm market has all', {}, ['PASS', 'PASS', 'PASS']],
    ['a range as before passes', { dailyRange: 41 }, ['PASS', 'PASS', 'PASS']],
    ['a rising range loses near', { dailyRange: 41.1 }, ['FAIL', 'PASS', 'PASS']],
    ['a bearish divergence loses medium', { divergence: 1 }, ['PASS', 'FAIL', 'PASS']],
    ['a bullish one does not', { divergence: -1 }, ['PASS', 'PASS', 'PASS']],
    ['an inverted curve loses long', { termRatio: 1.01 }, ['PASS', 'PASS', 'FAIL']],
    ['a flat curve does not', { termRatio: 1 }, ['PASS', 'PASS', 'PASS']],
    ['what is not known is no vote', { divergence: Number.NaN }, ['PASS', 'NO_DATA', 'PASS']],
    ['nor is a range without a past', { dailyRangeBefore: NaN }, ['NO_DATA', 'PASS', 'PASS']],
  ] as const)('%s', (_name, changes, expected) => {
    expect(outcomes(changes)).toEqual(expected);
    const votes = castVotes({ ...CALM, ...changes }, RULE);
    expect(votesInFavour(votes)).toBe(expected.filter((outcome) => outcome === 'PASS').length);
  });

  it('are told with who, how and on which value', () => {
    const votes = castVotes({ ...CALM, divergence: Number.NaN, termRatio: 1.2 }, RULE);
    expect(votesSentence(votes)).toBe(
      'near yes (40.00 against 41.00), medium NO DATA, long no (1.20 against 1.00)',
    );
  });
});
