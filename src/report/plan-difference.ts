/** What a plan document says that two of them are compared by. */
export interface ComparedPlan {
  readonly date: string;
  readonly policy: string;
  readonly decision: string;
  readonly rules: readonly { readonly id: string; readonly result: string }[];
  readonly orders: readonly {
    readonly action: string;
    readonly structure: string;
    readonly quantity: number;
  }[];
  readonly layers: readonly { readonly name: string; readonly phase: string }[];
}

/**
 * What changed from one plan to the next, a sentence each: decision, outcome of rules, state of
 * layers, orders that are new or gone. Empty when nothing did.
 */
export function planDifference(before: ComparedPlan, now: ComparedPlan): readonly string[] {
  const changes: string[] = [];
  if (before.policy !== now.policy) changes.push(`policy: ${before.policy} -> ${now.policy}`);
  if (before.decision !== now.decision) {
    changes.push(`decision: ${before.decision} -> ${now.decision}`);
  }
  changes.push(
    ...changed(named(before.rules, 'id', 'result'), named(now.rules, 'id', 'result')),
    ...changed(named(before.layers, 'name', 'phase'), named(now.layers, 'name', 'phase')),
  );
  const orders = (plan: ComparedPlan): readonly string[] =>
    plan.orders.map((order) => `${order.action} ${String(order.quantity)} × ${order.structure}`);
  const [old, fresh] = [orders(before), orders(now)];
  changes.push(
    ...fresh.filter((order) => !old.includes(order)).map((order) => `new order: ${order}`),
    ...old.filter((order) => !fresh.includes(order)).map((order) => `no longer: ${order}`),
  );
  return changes;
}

function named<K extends string>(
  rows: readonly Readonly<Record<K, string>>[],
  name: K,
  value: K,
): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [row[name], row[value]]));
}

function changed(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== now.get(name))
    .map(
      (name) => `${name}: ${before.get(name) ?? 'not asked'} -> ${now.get(name) ?? 'not asked'}`,
    );
}
