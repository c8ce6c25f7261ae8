/*
 * Checks a certificate from its own numbers. Imports nothing from the certifier, pricing, margin or
 * any other part of the program on purpose: two people who make the same mistake are one person.
 */

/** One thing that was checked. */
export interface CertificateCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** A certificate read from outside: nothing about it is trusted. */
type Fields = Readonly<Record<string, unknown>>;

const CENT = 0.005;

/**
 * Every check of a certificate, in order. A larger bound than necessary is sound and passes; a
 * smaller one does not. A document that is no certificate fails the first check.
 */
export function verifyCertificate(document: unknown): readonly CertificateCheck[] {
  if (!isFields(document) || document['schema'] !== 'alvh/certificate/1') {
    return [check('schema', false, 'the document must be of schema alvh/certificate/1')];
  }
  if (document['kind'] === 'book') return verifyBook(document);
  if (document['kind'] === 'policy') return verifyPolicy(document);
  return [check('kind', false, 'kind must be book or policy')];
}

interface Leg {
  readonly key: string;
  readonly type: string;
  readonly strike: number;
  readonly perPoint: number;
  readonly price: number;
  readonly isVix: boolean;
}

function verifyBook(document: Fields): readonly CertificateCheck[] {
  const listed = document['legs'];
  const legs = Array.isArray(listed) ? listed.map(readLeg) : undefined;
  const declared = document['declared'];
  if (legs === undefined || !legs.every(isLeg) || !isFields(declared)) {
    return [
      check(
        'legs',
        false,
        'every leg must have underlying, type, strike, expiry, quantity, multiplier, price',
      ),
    ];
  }
  const cash = number(document['cash']);
  const floor = number(declared['vixFloor']);
  const cap = number(declared['vixCap']);
  const sane = Number.isFinite(cash) && floor >= 0 && cap >= floor;
  const checks = [
    check('legs', true, `${legs.length} legs read`),
    check('declared', sane, `cash ${cash}, VIX from ${floor} to ${cap}`),
  ];
  if (!sane) return checks;
  const worst = worstOf(legs, floor, cap);
  const paid = legs.reduce(
    (sum, leg) => (leg.type === 'future' ? sum : sum + leg.perPoint * leg.price),
    0,
  );
  const least = worst === undefined ? undefined : Math.max(0, paid - worst);
  checks.push(
    claims('bound', document['bound'], least, 'loss against entry prices'),
    floors('worstEquity', document['worstEquity'], worst === undefined ? undefined : cash + worst),
    bookUse(document['marginUse'], { legs, worst, cash, floor, cap }),
    callClaim(document['marginCall'], { legs, worst, cash, floor, cap }),
  );
  return checks;
}

/** A claimed bound must be at least the loss found here; no bound may be claimed where none is. */
function claims(
  name: string,
  claimed: unknown,
  found: number | undefined,
  what: string,
): CertificateCheck {
  if (claimed === null) return check(name, true, `no bound is claimed (${what})`);
  const value = number(claimed);
  if (found === undefined)
    return check(name, false, `a bound of ${value} is claimed, there is none`);
  return check(name, value >= found - CENT, `claimed ${value}, found ${round(found)} (${what})`);
}

function floors(name: string, claimed: unknown, found: number | undefined): CertificateCheck {
  if (claimed === null) return check(name, true, 'no floor is claimed');
  const value = number(claimed);
  if (found === undefined)
    return check(name, false, `a floor of ${value} is claimed, there is none`);
  return check(name, value <= found + CENT, `claimed ${value}, found ${round(found)}`);
}

interface Book {
  readonly legs: readonly Leg[];
  readonly worst: number | undefined;
  readonly cash: number;
  readonly floor: number;
  readonly cap: number;
}

/** A claimed requirement must cover the payouts found here, its share of cash the same. */
function bookUse(claim: unknown, book: Book): CertificateCheck {
  if (!isFields(claim)) return check('marginUse', true, 'no margin use is claimed');
  const { requirement, share } = { requirement: claim['requirement'], share: claim['share'] };
  const hasFuture = book.legs.some(({ type }) => type === 'future');
  const found = book.worst === undefined || hasFuture ? undefined : payoutOf(book);
  const covered = claims('marginUse', requirement ?? null, found, 'payouts of every expiry');
  if (!covered.ok || typeof share !== 'number') return covered;
  const isEnough = found !== undefined && book.cash > 0 && share >= found / book.cash - 1e-9;
  return check('marginUse', isEnough, `${covered.detail}; share ${share} of cash ${book.cash}`);
}

function payoutOf({ legs, floor, cap }: Book): number {
  return groupKeys(legs).reduce((sum, key) => {
    const group = legs.filter((leg) => leg.key === key);
    return sum + Math.max(0, -(worstOf(group, floor, cap) ?? Number.NEGATIVE_INFINITY));
  }, 0);
}

function callClaim(claim: unknown, book: Book): CertificateCheck {
  if (!isFields(claim) || claim['ruledOut'] !== true) {
    return check('marginCall', true, 'a call is not ruled out');
  }
  if (book.legs.some(({ type }) => type === 'future')) {
    return check('marginCall', false, 'futures pay variation: a call cannot be ruled out');
  }
  if (book.worst === undefined) return check('marginCall', false, 'a group has no bound');
  const payout = payoutOf(book);
  return check(
    'marginCall',
    book.cash >= payout - CENT,
    `cash ${book.cash} against payouts of ${round(payout)}`,
  );
}

function groupKeys(legs: readonly Leg[]): readonly string[] {
  return [...new Set(legs.map(({ key }) => key))];
}

/** Sum over expiries of the least settlement value; undefined when one falls without end. */
function worstOf(legs: readonly Leg[], floor: number, cap: number): number | undefined {
  let total = 0;
  for (const key of groupKeys(legs)) {
    const group = legs.filter((leg) => leg.key === key);
    const isVix = group.some((leg) => leg.isVix);
    const [low, high] = isVix ? [floor, cap] : [0, Number.POSITIVE_INFINITY];
    const slope = group.reduce((sum, leg) => (leg.type === 'put' ? sum : sum + leg.perPoint), 0);
    if (high === Number.POSITIVE_INFINITY && slope < 0) return undefined;
    const levels = [low, high, ...group.map(({ strike }) => strike)].filter(
      (level) => level >= low && level <= high && Number.isFinite(level),
    );
    total += Math.min(...levels.map((level) => valueAt(group, level)));
  }
  return total;
}

function valueAt(legs: readonly Leg[], level: number): number {
  let value = 0;
  for (const leg of legs) {
    if (leg.type === 'future') value += leg.perPoint * (level - leg.price);
    else {
      const money = leg.type === 'call' ? level - leg.strike : leg.strike - level;
      if (money > 0) value += leg.perPoint * money;
    }
  }
  return value;
}

/** A leg in SPX or VIX points: XSP counts ten times its strike at a tenth of its multiplier. */
function readLeg(value: unknown): Leg | undefined {
  if (!isFields(value)) return undefined;
  const underlying = value['underlying'];
  const type = value['type'];
  const tenth = underlying === 'XSP' ? 10 : 1;
  const leg: Leg = {
    key: `${underlying === 'VIX' ? 'VIX' : 'SPX'} ${String(value['expiry'])} ${String(value['settlement'])}`,
    type: String(type),
    strike: number(value['strike']) * tenth,
    perPoint: (number(value['quantity']) * number(value['multiplier'])) / tenth,
    price: number(value['price']) * tenth,
    isVix: underlying === 'VIX',
  };
  const known = ['SPX', 'XSP', 'VIX'].includes(String(underlying));
  const typed = ['call', 'put', 'future'].includes(leg.type);
  const finite = [leg.strike, leg.perPoint, leg.price].every(Number.isFinite);
  return known && typed && finite ? leg : undefined;
}

function verifyPolicy(document: Fields): readonly CertificateCheck[] {
  const equity = number(document['equity']);
  const weeks = number(document['weeks']);
  const f = number(document['riskPerTrade']);
  const cap = number(document['maxOpenRisk']);
  const credit = number(document['creditToLoss']);
  const budget = number(document['hedgeBudget']);
  const sane =
    equity > 0 &&
    weeks >= 0 &&
    f >= 0 &&
    cap >= 0 &&
    credit >= 0 &&
    credit * cap < 1 &&
    budget >= 0;
  const checks = [
    check('figures', sane, `equity ${equity}, weeks ${weeks}, f ${f}, F ${cap}, c ${credit}`),
  ];
  if (!sane) return checks;
  const unproved = document['unproved'];
  const open = Array.isArray(unproved) && unproved.length > 0;
  const found = open ? undefined : worstPolicyLoss({ equity, weeks, f, cap, credit, budget });
  checks.push(claims('bound', document['bound'], found, 'week by week'));
  checks.push(policyUse(document, open ? undefined : worstUse({ weeks, cap, credit, budget })));
  const run = document['losingRun'];
  if (Array.isArray(run)) checks.push(losingRun(run, equity));
  return checks;
}

/** Walks the weeks: each adds what the caps allow; when they are full everything is lost. */
function worstPolicyLoss(terms: {
  readonly equity: number;
  readonly weeks: number;
  readonly f: number;
  readonly cap: number;
  readonly credit: number;
  readonly budget: number;
}): number {
  const { equity, weeks, f, cap, credit, budget } = terms;
  const flattered = 1 / (1 - credit * cap);
  let left = equity;
  let open = 0;
  const entries = f > 0 ? weeks : 0;
  for (let week = 0; week < entries; week += 1) {
    const room = cap * flattered * left - open;
    open += Math.max(0, Math.min(f * flattered * left, room));
    if (open >= cap * flattered * left - 1e-9 * left) {
      left -= open;
      open = 0;
    }
  }
  const years = Math.ceil(weeks / 52) + 1;
  return equity - (left - open) + budget * equity * flattered * years;
}

/**
 * Requirement over cash when it is worst: a dollar of equity carries the fullest book at the richest
 * credit, after every hedge that the years paid for. Undefined when no cash is left.
 */
function worstUse(terms: {
  readonly weeks: number;
  readonly cap: number;
  readonly credit: number;
  readonly budget: number;
}): number | undefined {
  const { weeks, cap, credit, budget } = terms;
  // A dollar that flatters itself by c times the open risk: R = F (1 + c R).
  const open = cap / (1 - credit * cap);
  const years = Math.ceil(weeks / 52) + 1;
  const received = credit * open;
  const cash = 1 + received - (budget * years) / (1 - credit * cap);
  return cash > 0 ? (open + received) / cash : undefined;
}

function policyUse(document: Fields, found: number | undefined): CertificateCheck {
  const use = document['marginUse'];
  const call = document['marginCall'];
  const share = isFields(use) ? use['share'] : undefined;
  if (isFields(call) && call['ruledOut'] === true && !(found !== undefined && found <= 1)) {
    return check('marginUse', false, 'a call is ruled out, but margin use may exceed cash');
  }
  if (typeof share !== 'number') return check('marginUse', true, 'no margin use is claimed');
  if (found === undefined) return check('marginUse', false, `${share} is claimed, there is none`);
  return check('marginUse', share >= found - 1e-9, `claimed ${share}, found ${found}`);
}

function losingRun(run: readonly unknown[], equity: number): CertificateCheck {
  let left = equity;
  for (const [place, row] of run.entries()) {
    if (!isFields(row)) return check('losingRun', false, `row ${place} is not a row`);
    const loss = number(row['loss']);
    const after = number(row['equityAfter']);
    left -= loss;
    if (!(Math.abs(after - left) <= CENT) || !(left >= -CENT)) {
      return check(
        'losingRun',
        false,
        `row ${place}: equity after must be ${round(left)}, was ${after}`,
      );
    }
  }
  return check('losingRun', true, `${run.length} losses leave ${round(left)}`);
}

function isLeg(leg: Leg | undefined): leg is Leg {
  return leg !== undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function check(name: string, ok: boolean, detail: string): CertificateCheck {
  return { name, ok, detail };
}
