/**
 * Parts of the book that keep their own profit and loss: `core` is the base position (condors,
 * strangles, or the index of spx-tr), `near`, `medium` and `long` the hedge layers, `puts` bought
 * index puts, `cash` interest on cash.
 */
export type Sleeve = 'core' | 'near' | 'medium' | 'long' | 'puts' | 'cash';

/** Every sleeve; its place here is its code and its column. */
export const SLEEVES: readonly Sleeve[] = ['core', 'near', 'medium', 'long', 'puts', 'cash'];

/** Codes of the sleeves. */
export const SLEEVE: Readonly<Record<Sleeve, number>> = {
  core: 0,
  near: 1,
  medium: 2,
  long: 3,
  puts: 4,
  cash: 5,
};
