import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  const commands = ['price', 'calendar', 'surface', 'compare'];

  it.each([
    ['prise', 'price'],
    ['pirce', 'price'],
    ['calender', 'calendar'],
    ['calendars', 'calendar'],
    ['surfac', 'surface'],
    ['comapre', 'compare'],
    ['price', 'price'],
  ])('takes %s for %s', (typed, meant) => {
    expect(nearestName(typed, commands)).toBe(meant);
  });

  it.each(['', 'x', 'hedge', 'constructor'])('takes %j for nothing', (typed) => {
    expect(nearestName(typed, commands)).toBeUndefined();
  });

  it('prefers the fewest edits, then the earlier candidate', () => {
    expect(nearestName('to', ['two', 'to'])).toBe('to');
    expect(nearestName('fron', ['frog', 'from'])).toBe('frog');
  });

  it('counts a swap of neighbours as one edit', () => {
    expect(nearestName('ab', ['ba'])).toBe('ba');
    expect(nearestName('ab', ['cd'])).toBeUndefined();
  });
});
