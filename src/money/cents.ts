import type { Brand } from '../core/brand.ts';

/** Cash in integer US cents. */
export type Cents = Brand<number, 'Cents'>;

/**
 * Cents of an amount in dollars, rounded half away from zero: the one bridge from model values to
 * cash. A non-finite amount stays non-finite, so that the caller's check sees it.
 */
export function toCents(dollars: number): Cents {
  const scaled = dollars * 100;
  return (Math.sign(scaled) * Math.round(Math.abs(scaled)) + 0) as Cents;
}
