import type { OptimizerRecord, ParameterGroup } from '../contents.ts';
import { type Described, isDescribed, itemsOf, type Value } from '../pickle/value.ts';
import { childrenOf, keyText } from './children.ts';
import { toJson } from './to-json.ts';

/** Checkpoints have their optimizers at the top, or in a list or dict there. What is read of each is bounded too. */
const most = { depth: 2, looked: 1000, optimizers: 20, groups: 1000, parameters: 20_000 };

/** What is an optimizer's `state_dict()`, wherever near the top it is. torch/optim/optimizer.py */
export function findOptimizers(root: Value): OptimizerRecord[] {
  const found = [...valuesNearTop(root)].flatMap(([value, name]) => readOptimizer(value, name) ?? []);
  return found.slice(0, most.optimizers);
}

/** Each once, by the shortest path of keys that leads to it. */
function valuesNearTop(root: Value): Map<Described, string> {
  const names = new Map<Described, string>(isDescribed(root) ? [[root, '']] : []);
  let level = [...names];
  for (let depth = 0; depth < most.depth; depth += 1) {
    level = level.flatMap(([value, name]) => childrenBelow(value, name)).slice(0, most.looked);
    for (const [value, name] of level) if (!names.has(value)) names.set(value, name);
  }
  return names;
}

function childrenBelow(value: Described, name: string): [Described, string][] {
  return [...childrenOf(value)].flatMap(([key, child]): [Described, string][] =>
    isDescribed(child) ? [[child, name === '' ? key : `${name}.${key}`]] : [],
  );
}

function readOptimizer(value: Described, name: string): OptimizerRecord | null {
  const entries = entriesOf(value);
  const groups = itemsOf(entries?.get('param_groups'));
  if (!groups || !entries?.has('state')) return null;
  return {
    name,
    groups: groups.slice(0, most.groups).map(readGroup),
    steps: readSteps(entriesOf(entries.get('state'))),
  };
}

function readGroup(group: Value): ParameterGroup {
  const entries = new Map(entriesOf(group));
  const parameters = itemsOf(entries.get('params')) ?? [];
  entries.delete('params');
  return {
    parameters: parameters.slice(0, most.parameters).map(keyText),
    values: toJson({ kind: 'dict', entries }),
  };
}

function readSteps(state: ReadonlyMap<Value, Value> | null): Map<string, number> {
  const steps = new Map<string, number>();
  for (const [key, slots] of state ?? []) {
    const step = entriesOf(slots)?.get('step');
    if (typeof step === 'number' && steps.size < most.parameters) steps.set(keyText(key), step);
  }
  return steps;
}

/** Of a dict, or of a call that makes one. */
function entriesOf(value: Value | undefined): ReadonlyMap<Value, Value> | null {
  return isDescribed(value) && 'entries' in value ? value.entries : null;
}
