import { describe, expect, it } from 'vitest';
import { parseOptionInput } from './option-input.ts';

const FUTURE_CALL = {
  model: 'black76',
  right: 'call',
  forward: 20,
  strike: 22,
  discountFactor: 0.99,
  vol: 0.8,
  yearFraction: 0.1,
};

describe('parseOptionInput', () => {
  it('takes an item that has every field of its model', () => {
    expect(parseOptionInput(FUTURE_CALL)).toEqual({ ok: true, value: FUTURE_CALL });
  });

  it.each([
    [null, [], 'must be an object'],
    [[FUTURE_CALL], [], 'must be an object'],
    [{ ...FUTURE_CALL, model: 'heston' }, ['model'], 'must be "bsm" or "black76"'],
    [{ ...FUTURE_CALL, right: 'Call' }, ['right'], 'must be "call" or "put"'],
    [{ ...FUTURE_CALL, vol: null }, ['vol'], 'must be a finite number'],
    [{ ...FUTURE_CALL, vol: '0.8' }, ['vol'], 'must be a finite number'],
    [{ ...FUTURE_CALL, model: 'bsm' }, ['spot'], 'must be a finite number'],
    [{ ...FUTURE_CALL, strke: 1 }, ['strke'], 'must not be given with model black76'],
    [JSON.parse('{"model":"black76","__proto__":{"right":"call"}}'), ['right'], 'must be "call"'],
  ])('names the rule that %j breaks', (item, path, rule) => {
    const parsed = parseOptionInput(item);
    expect(parsed).toMatchObject({ ok: false, error: { path } });
    expect(parsed.ok ? '' : parsed.error.rule).toContain(rule);
  });

  it('suggests the field that was meant', () => {
    const parsed = parseOptionInput({ ...FUTURE_CALL, strke: 1 });
    expect(parsed).toMatchObject({ ok: false, error: { remedy: 'remove it, or write strike' } });
  });
});
