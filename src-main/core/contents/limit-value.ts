import type { Json, JsonObject } from '../../../shared/model/json.ts';

/** How much of a file's own values goes to a screen. */
interface ValueBudget {
  nodes: number;
  depth: number;
  /** Characters of one text. */
  text: number;
}

const usual: ValueBudget = { nodes: 5000, depth: 24, text: 2000 };
const leftOut = '…';

/** The same value as far as a budget goes; an ellipsis stands for what is beyond. Keys stay own keys, whatever they say. */
export function limitValue(value: Json, budget: ValueBudget = usual): Json {
  return limitWithin(value, budget.depth, { left: budget.nodes, text: budget.text });
}

interface Rest {
  left: number;
  text: number;
}

function limitWithin(value: Json, depth: number, rest: Rest): Json {
  rest.left -= 1;
  if (typeof value === 'string') return limitText(value, rest.text);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return leftOut;
  return Array.isArray(value) ? limitList(value, depth, rest) : limitObject(value, depth, rest);
}

function limitList(items: readonly Json[], depth: number, rest: Rest): Json[] {
  const kept: Json[] = [];
  for (const item of items) {
    if (rest.left <= 0) return [...kept, leftOut];
    kept.push(limitWithin(item, depth - 1, rest));
  }
  return kept;
}

function limitObject(object: JsonObject, depth: number, rest: Rest): JsonObject {
  const kept: [string, Json][] = [];
  for (const [key, item] of Object.entries(object)) {
    if (rest.left <= 0) return Object.fromEntries([...kept, [leftOut, leftOut]]);
    kept.push([limitText(key, rest.text), limitWithin(item, depth - 1, rest)]);
  }
  return Object.fromEntries(kept);
}

export function limitText(text: string, length = usual.text): string {
  return text.length <= length ? text : `${text.slice(0, length)}${leftOut}`;
}
