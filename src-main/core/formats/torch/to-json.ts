import type { Json } from '../../../../shared/model/json.ts';
import {
  asKind,
  type Call,
  type Described,
  fullName,
  isDescribed,
  itemsOf,
  type Value,
} from '../pickle/value.ts';
import { keyText, oldText } from './children.ts';
import { readScalar } from './numpy-values.ts';

/** What is told of plain data. Texts in characters: one, and all together, which is more than is kept of any record. */
const most = { depth: 50, nodes: 20_000, text: 64 * 1024, texts: 1.5 * 1024 * 1024 };

/**
 * Plain data of a pickle as JSON: keys as text, tensors and instances of unknown classes as a few words. A Python dict
 * may lead to the same value in many ways, so that only so much of it is told.
 */
export function toJson(value: Value): Json {
  return convert(value, fullBudget(), 0);
}

/** Whether {@link toJson} tells all of a value. */
export function isAllTold(value: Value): boolean {
  const budget = fullBudget();
  convert(value, budget, 0);
  return !budget.isCut;
}

const fullBudget = (): Budget => ({ nodes: most.nodes, texts: most.texts, isCut: false });

interface Budget {
  nodes: number;
  texts: number;
  /** Whether anything was left out for it. */
  isCut: boolean;
}

/** As much of a text as is told. */
function tell(text: string, budget: Budget): string {
  const room = Math.max(0, Math.min(most.text, budget.texts));
  const told = text.length <= room ? text : `${text.slice(0, room)}…`;
  budget.texts -= told.length;
  if (text.length > room) budget.isCut = true;
  return told;
}

function convert(value: Value, budget: Budget, depth: number): Json {
  budget.nodes -= 1;
  if (typeof value === 'string') return tell(value, budget);
  if (!isDescribed(value)) return value;
  const isTold = depth <= most.depth && budget.nodes >= 0 && budget.texts > 0;
  if (isTold) return convertDescribed(value, budget, depth + 1);
  budget.isCut = true;
  return '…';
}

function convertDescribed(value: Described, budget: Budget, depth: number): Json {
  switch (value.kind) {
    case 'dict':
      return convertEntries(value.entries, budget, depth);
    case 'list':
    case 'tuple':
    case 'set':
      return convertItems(value.items, budget, depth);
    case 'call':
      return convertCall(value, budget, depth);
    case 'float':
      return value.value;
    default:
      return tell(inWords(value), budget);
  }
}

function convertItems(items: readonly Value[], budget: Budget, depth: number): Json {
  const converted: Json[] = [];
  for (const item of items) {
    if (budget.nodes < 0) {
      budget.isCut = true;
      return [...converted, `… ${items.length - converted.length} more`];
    }
    converted.push(convert(item, budget, depth));
  }
  return converted;
}

function convertEntries(entries: ReadonlyMap<Value, Value>, budget: Budget, depth: number): Json {
  const converted: [string, Json][] = [];
  for (const [key, value] of entries) {
    if (budget.nodes < 0) {
      budget.isCut = true;
      converted.push(['…', `${entries.size - converted.length} more`]);
      break;
    }
    converted.push([tell(keyText(key), budget), convert(value, budget, depth)]);
  }
  return Object.fromEntries(converted);
}

function convertCall(call: Call, budget: Budget, depth: number): Json {
  const scalar = readScalar(call);
  if (scalar !== undefined) return convert(scalar, budget, depth);
  const known = knownCalls.get(fullName(call.callee));
  if (known) return known(call, budget, depth);
  const state = asKind(call.state, 'dict');
  const isPlain = state !== null && !state.entries.has('_parameters');
  return isPlain ? convertEntries(state.entries, budget, depth) : tell(inWords(call), budget);
}

/** Of a path, more than any system takes. */
const mostParts = 2048;

type Convert = (call: Call, budget: Budget, depth: number) => Json;

const entriesOf: Convert = ({ entries }, budget, depth) => convertEntries(entries, budget, depth);
const itemsOfCall: Convert = ({ args, items }, budget, depth) =>
  convertItems([...(itemsOf(args[0]) ?? []), ...items], budget, depth);
const pathOf: Convert = ({ args }, budget) =>
  tell(args.slice(0, mostParts).map(keyText).join('/').replace(/^\/\//, '/'), budget);
const firstArgument: Convert = ({ args }, budget, depth) => convert(args[0] ?? null, budget, depth);
/** omegaconf keeps what a container holds in `_content`, and what a node holds in `_val`. */
const configOf: Convert = ({ state }, budget, depth) => {
  const entries = asKind(state, 'dict')?.entries;
  return convert(entries?.get('_content') ?? entries?.get('_val') ?? null, budget, depth);
};

const knownCalls: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ['collections.OrderedDict', entriesOf],
  ['collections.defaultdict', entriesOf],
  ['collections.Counter', entriesOf],
  ['builtins.dict', entriesOf],
  ['__builtin__.dict', entriesOf],
  ['collections.deque', itemsOfCall],
  ['builtins.set', itemsOfCall],
  ['builtins.frozenset', itemsOfCall],
  ['__builtin__.set', itemsOfCall],
  ['torch.Size', itemsOfCall],
  ['torch.device', firstArgument],
  ['pathlib.PosixPath', pathOf],
  ['pathlib.WindowsPath', pathOf],
  ['pathlib.PurePosixPath', pathOf],
  ['omegaconf.dictconfig.DictConfig', configOf],
  ['omegaconf.listconfig.ListConfig', configOf],
  // Words of transformers that are enumerations: SchedulerType('linear').
  ...['SchedulerType', 'IntervalStrategy', 'SaveStrategy', 'EvaluationStrategy', 'HubStrategy'].map(
    (name) => [`transformers.trainer_utils.${name}`, firstArgument] as const,
  ),
  ['transformers.training_args.OptimizerNames', firstArgument],
  ...['Any', 'String', 'Integer', 'Float', 'Boolean'].map(
    (name) => [`omegaconf.nodes.${name}Node`, configOf] as const,
  ),
]);

/** A value that is no plain data, in a few words. */
function inWords(value: Described): string {
  switch (value.kind) {
    case 'name':
      return `${value.module}.${value.name}`;
    case 'call':
      return `${fullName(value.callee) || 'something'}(…)`;
    case 'bytes':
      return oldText(value) ?? `${value.length} bytes`;
    case 'opaque':
      return value.what;
    default:
      return 'kept outside the pickle';
  }
}
