import { describe, expect, it } from 'vitest';
import { formatIsoDate } from '../../time/epoch-day.ts';
import { parseQuoteMoment } from './quote-moment.ts';

describe('parseQuoteMoment', () => {
  it.each([
    ['"Date: January 6, 2025 at 9:26 PM EST",Bid: 1', '2025-01-06', 975],
    ['"Date: June 11, 2022, 8:47 PM EDT"', '2022-06-10', 975],
    ['"Date: January 7, 2024 at 10:52 AM EST"', '2024-01-05', 975],
    ['"Date: 23 de marzo de 2022, 10:11 GMT-4"', '2022-03-23', 611],
    ['Date: 14 de julio de 2026 a las 17:50 GMT-4,Bid: 1', '2026-07-14', 975],
    ['Date: 9 June 2023, 1:40 PM EDT,Bid: 4299.3', '2023-06-09', 820],
    ['Jan 24 2011 @ 14:03 ET,', '2011-01-24', 843],
    ['Datum: 5. Januar 2024 um 16:20 GMT+1', '2024-01-05', 620],
    ['Date: 12 janvier 2024 14:05 UTC-5', '2024-01-12', 845],
    ['Date: 2024-01-05 16:20', '2024-01-05', 975],
    ['Date: November 29, 2024 at 5:00 PM EST', '2024-11-29', 795],
    ['Date: January 16, 2024 at 8:00 AM EST', '2024-01-12', 975],
    ['Date: January 5, 2024', '2024-01-05', undefined],
  ])('%s is %s', (line, day, minute) => {
    const moment = parseQuoteMoment(line);
    expect(moment === undefined ? '' : formatIsoDate(moment.day)).toBe(day);
    expect(moment?.minute).toBe(minute);
  });

  it.each(['', 'S&P 500 INDEX,Last: 4697.2402,Change: 8.5602', 'Date: 31 February 2024'])(
    '%j has no date',
    (line) => expect(parseQuoteMoment(line)).toBeUndefined(),
  );
});
