import { describe, expect, it } from 'vitest';
import { EXCHANGE_PROFILE, TASTYTRADE_PROFILE } from '../../src/margin/margin-profile.ts';
import { leastGap } from './margin-least-books.ts';

const BOOKS = 10_000;

describe('ten thousand random books', () => {
  it.each([EXCHANGE_PROFILE, TASTYTRADE_PROFILE])(
    '$name: the least of complete enumeration, and never below it',
    (profile) => {
      const { below, missed } = leastGap(profile, BOOKS);
      expect(below).toEqual([]);
      expect(missed).toBe(0);
    },
    300_000,
  );
});
