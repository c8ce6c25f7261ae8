import { parseSync, Visitor } from 'vite';

/** One small change to a source, which a good test notices. */
export interface Mutant {
  /** Path from the root of the project. */
  readonly file: string;
  /** Place of the change, offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
}

/** What replaces an operator; others are left alone. */
const SWAPPED: Readonly<Record<string, { readonly to: string; readonly operator: string }>> = {
  '+': { to: '-', operator: 'arithmetic' },
  '-': { to: '+', operator: 'arithmetic' },
  '*': { to: '/', operator: 'arithmetic' },
  '/': { to: '*', operator: 'arithmetic' },
  '%': { to: '*', operator: 'arithmetic' },
  '**': { to: '*', operator: 'arithmetic' },
  '<': { to: '<=', operator: 'boundary' },
  '<=': { to: '<', operator: 'boundary' },
  '>': { to: '>=', operator: 'boundary' },
  '>=': { to: '>', operator: 'boundary' },
  '===': { to: '!==', operator: 'equality' },
  '!==': { to: '===', operator: 'equality' },
  '&&': { to: '||', operator: 'logical' },
  '||': { to: '&&', operator: 'logical' },
  '+=': { to: '-=', operator: 'assignment' },
  '-=': { to: '+=', operator: 'assignment' },
};

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Every mutant of a module, in order of place: operators, numbers, booleans, conditions, signs and
 * Math.min for Math.max. What stands to the right of `??` is left alone: in columns read in bounds
 * it never runs, and no test could tell.
 */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const { program, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new Error(`${file} must parse, was: ${errors[0].message}`);
  const mutants: Mutant[] = [];
  const untouched: Span[] = [];
  const add = ({ start, end }: Span, operator: string, to: string): void => {
    const line = text.slice(0, start).split('\n').length;
    mutants.push({ file, start, end, line, operator, from: text.slice(start, end), to });
  };
  const swap = (left: Span, operator: string, right: Span): void => {
    const found = SWAPPED[operator];
    if (found === undefined) return;
    const start = text.indexOf(operator, left.end);
    if (start < 0 || start >= right.start) return;
    add({ start, end: start + operator.length }, found.operator, found.to);
  };
  new Visitor({
    BinaryExpression: (node) => swap(node.left, node.operator, node.right),
    AssignmentExpression: (node) => swap(node.left, node.operator, node.right),
    LogicalExpression: (node) => {
      if (node.operator === '??') untouched.push(node.right);
      else swap(node.left, node.operator, node.right);
    },
    UnaryExpression: (node) => {
      if (node.operator !== '-' && node.operator !== '!') return;
      add({ start: node.start, end: node.start + 1 }, 'sign', '');
    },
    Literal: (node) => {
      if (typeof node.value === 'boolean') add(node, 'boolean', String(!node.value));
      if (typeof node.value === 'number') add(node, 'number', String(node.value + 1));
    },
    IfStatement: (node) => {
      add(node.test, 'condition', 'true');
      add(node.test, 'condition', 'false');
    },
    ConditionalExpression: (node) => {
      add(node.test, 'condition', 'true');
      add(node.test, 'condition', 'false');
    },
    MemberExpression: (node) => {
      const source = text.slice(node.start, node.end);
      if (source === 'Math.max') add(node, 'extreme', 'Math.min');
      if (source === 'Math.min') add(node, 'extreme', 'Math.max');
    },
    // Types say nothing at run time, and a text is not behaviour.
    TSTypeAnnotation: (node) => untouched.push(node),
    TSTypeAliasDeclaration: (node) => untouched.push(node),
    TSInterfaceDeclaration: (node) => untouched.push(node),
    TemplateLiteral: (node) => untouched.push(node),
  }).visit(program);
  return mutants
    .filter(({ start, end }) => !untouched.some((span) => span.start <= start && end <= span.end))
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.to < b.to ? -1 : 1));
}

/** The text with a mutant in it. */
export function mutated(text: string, { start, end, to }: Mutant): string {
  return text.slice(0, start) + to + text.slice(end);
}

/** So many of the mutants, drawn without replacement by a seed; in their own order. */
export function sampleOf(
  mutants: readonly Mutant[],
  count: number,
  seed: number,
): readonly Mutant[] {
  const ranked = mutants.map((mutant, place) => ({ mutant, place, rank: mixed(seed, place) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, count)
    .sort((a, b) => a.place - b.place)
    .map(({ mutant }) => mutant);
}

/** An integer hash, uniform enough to draw by. Source: Steele and others (2014), SplitMix. */
function mixed(seed: number, place: number): number {
  let z = Math.imul(seed + place, 0x9e3779b9) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b) >>> 0;
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35) >>> 0;
  return (z ^ (z >>> 16)) >>> 0;
}
