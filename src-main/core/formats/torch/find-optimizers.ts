import type { OptimizerRecord, ParameterGroup } from '../contents.ts';
import { asKind, type Described, fullName, isDescribed, itemsOf, type Value } from '../pickle/value.ts';
import { childrenOf, keyText } from './children.ts';
import { toJson } from './to-json.ts';

/** Checkpoints have their optimizers at the top, or in a list or dict there. What is looked at on the way is bounded too. */
const most = { depth: 2, looked: 20_000, optimizers: 20, groups: 1000, parameters: 20_000 };

/** What is an optimizer, or the `state_dict()` of one, wherever near the top it is. torch/optim/optimizer.py */
export function findOptimizers(root: Value): OptimizerRecord[] {
  const found = [...valuesNearTop(root)].flatMap(([value, name]) => readOptimizer(value, name) ?? []);
  return found.slice(0, most.optimizers);
}

/** Each once, by the shortest path of keys that leads to it. */
function valuesNearTop(root: Value): Map<Described, string> {
  const names = new Map<Described, string>(isDescribed(root) ? [[root, '']] : []);
  const budget = { left: most.looked };
  let level = [...names];
  for (let depth = 0; depth < most.depth; depth += 1) {
    const below = level.flatMap(([value, name]) => [...childrenBelow(value, name, budget)]);
    level = below.filter(([value]) => !names.has(value));
    for (const [value, name] of level) names.set(value, name);
  }
  return names;
}

function* childrenBelow(
  value: Described,
  name: string,
  budget: { left: number },
): Generator<[Described, string]> {
  for (const [key, child] of childrenOf(value)) {
    if (budget.left <= 0) return;
    budget.left -= 1;
    if (isContainer(child)) yield [child, name === '' ? key : `${name}.${key}`];
  }
}

/** A tensor is a call too, and has no entries. */
function isContainer(value: Value): value is Described {
  const object = asKind(asKind(value, 'call')?.state, 'dict');
  return itemsOf(value) !== null || ((object?.entries ?? entriesOf(value))?.size ?? 0) > 0;
}

function readOptimizer(value: Described, name: string): OptimizerRecord | null {
  const object = asKind(asKind(value, 'call')?.state, 'dict');
  const entries = object?.entries ?? entriesOf(value);
  const groups = itemsOf(entries?.get('param_groups'));
  if (!groups || !entries?.has('state')) return null;
  const numbers = { next: 0 };
  return {
    name,
    kind: object ? classOf(value) : undefined,
    groups: groups.slice(0, most.groups).map((group) => readGroup(group, numbers)),
    steps: readSteps(entriesOf(entries.get('state'))),
  };
}

/** Protocols before 2 have the class among the arguments. copyreg.py */
function classOf(value: Value): string | undefined {
  const call = asKind(value, 'call');
  const named = [call?.callee, call?.args[0]].find(
    (each) => asKind(each, 'name') && !/\._reconstructor$/.test(fullName(each)),
  );
  return asKind(named, 'name')?.name;
}

/** @param numbers of parameters that stand there as they are, in the order of all groups */
function readGroup(group: Value, numbers: { next: number }): ParameterGroup {
  const entries = new Map(entriesOf(group));
  const listed = (key: string) => itemsOf(entries.get(key))?.slice(0, most.parameters) ?? null;
  const parameters = (listed('params') ?? []).map((parameter) =>
    asKind(parameter, 'call') ? String(numbers.next++) : keyText(parameter),
  );
  const names = listed('param_names')?.map(keyText) ?? null;
  entries.delete('params');
  entries.delete('param_names');
  return {
    parameters,
    names,
    values: toJson({ kind: 'dict', entries }),
  };
}

/** LBFGS counts as `n_iter`. torch/optim/lbfgs.py */
function readSteps(state: ReadonlyMap<Value, Value> | null): Map<string, number> {
  const steps = new Map<string, number>();
  for (const [key, slots] of state ?? []) {
    const counters = entriesOf(slots);
    const found = counters?.get('step') ?? counters?.get('n_iter');
    const step = asKind(found, 'float')?.value ?? found;
    if (typeof step === 'number' && steps.size < most.parameters) steps.set(keyText(key), step);
  }
  return steps;
}

/** Of a dict, or of a call that makes one. */
function entriesOf(value: Value | undefined): ReadonlyMap<Value, Value> | null {
  return isDescribed(value) && 'entries' in value ? value.entries : null;
}
