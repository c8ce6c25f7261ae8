/** How a rule came out. NO_DATA counts as FAIL wherever risk would be added. */
export type RuleOutcome = 'PASS' | 'FAIL' | 'NO_DATA';

/** One rule held against one value: what a trader reads beside a decision. */
export interface RuleCheck {
  /** Stable name, such as `quick-ratio`. */
  readonly id: string;
  /** What the rule asks, in words. */
  readonly rule: string;
  /** NaN = no data. */
  readonly value: number;
  readonly threshold: number;
  /** How the value must stand to the threshold. */
  readonly relation: '<=' | '>=' | '>' | '=';
  readonly unit: string;
  readonly outcome: RuleOutcome;
}

/** A rule to be held against a value. */
export type RuleTerms = Omit<RuleCheck, 'outcome'>;

/**
 * Holds a value against its rule. The comparison is the positive one: a value or threshold that is
 * not a number is NO_DATA, never PASS.
 */
export function checkRule(terms: RuleTerms): RuleCheck {
  const { id, rule, value, threshold, relation, unit } = terms;
  return { id, rule, value, threshold, relation, unit, outcome: outcomeOf(terms) };
}

function outcomeOf({ value, threshold, relation }: RuleTerms): RuleOutcome {
  if (Number.isNaN(value) || Number.isNaN(threshold)) return 'NO_DATA';
  return holds(value, threshold, relation) ? 'PASS' : 'FAIL';
}

/** True when a check of these terms passes; a NaN on either side never does. */
export function holds(value: number, threshold: number, relation: RuleTerms['relation']): boolean {
  switch (relation) {
    case '<=':
      return value <= threshold;
    case '>=':
      return value >= threshold;
    case '>':
      return value > threshold;
    case '=':
      return value === threshold;
  }
}
