/* Files that the examples of the help texts name, by what they hold. */

const LEG = '{"kind":"spx-option","expiry":{"date":"2024-08-09","settlement":"PM"}';
const CONDOR_LEGS = `[${LEG},"right":"put","strike":5200,"quantity":-1,"price":32},
${LEG},"right":"put","strike":5100,"quantity":1,"price":23},
${LEG},"right":"call","strike":5700,"quantity":-1,"price":21},
${LEG},"right":"call","strike":5800,"quantity":1,"price":7}]`;
const STRIKES =
  '[[80,20.2,20.6,0.1,0.2],[90,10.8,11,0.7,0.8],[100,3.4,3.6,3.3,3.5],[110,0.6,0.7,10.4,10.6],[120,0.1,0.2,20,20.4]]';

/** A margin request. */
export const BOOK = `{"regime":"reg-t","broker":"ibkr","date":"2024-06-25","spot":{"SPX":5469,"VIX":13},
"cash":100000,"positions":${CONDOR_LEGS}}`;

/** A book as `plan --book` and `certify --book` read it. */
export const HELD = `{"cash":250000,"positions":${CONDOR_LEGS}}`;

/** An order. */
export const CONDOR = CONDOR_LEGS;

/** Options to price. */
export const OPTIONS = `[{"model":"black76","right":"put","forward":5000,"strike":4800,
"discountFactor":0.99,"vol":0.2,"yearFraction":0.125}]`;

/** Quotes to invert. */
export const QUOTES = `[{"right":"put","forward":5000,"strike":4800,"discountFactor":0.99,
"yearFraction":0.125,"bid":48.2,"ask":48.8,"ageSeconds":12}]`;

/** Two terms of a volatility index. */
export const TERMS = `{"near":{"minutes":34000,"rate":0.05,"quotes":${STRIKES}},
"next":{"minutes":44000,"rate":0.05,"quotes":${STRIKES}}}`;
