import type { Json } from '../../../../shared/model/json.ts';
import type { ByteReader } from '../byte-reader.ts';
import type { Tensor } from '../contents.ts';
import { LimitReached, rule } from '../damage.ts';
import type { Problems } from '../gather-problems.ts';
import type { Source } from '../source.ts';
import { AttributeNumbers } from './read-numbers.ts';
import { readSparseTensor } from './read-sparse-tensor.ts';
import { readTensor } from './read-tensor.ts';
import { type Field, type FieldBudget, readText, walkFields } from './walk-fields.ts';

/** What has been found so far. onnx.proto, messages ModelProto and GraphProto. */
export interface Model {
  facts: [string, Json][];
  notes: [string, Json][];
  tensors: Tensor[];
  operators: Map<string, number>;
  locations: Set<string>;
  parts: Set<number>;
  /** How many characters of texts are still kept. */
  room: number;
}

export interface Walk {
  source: Source;
  reader: ByteReader;
  budget: FieldBudget;
  model: Model;
  problems: Problems;
  /** The names of what is around the graph that is walked, innermost last: attributes, functions. */
  path: readonly string[];
}

export type ReadPart = (walk: Walk, field: Field) => Promise<void>;

const deepest = 20;
/** Each is described at length, and its fields are many. */
const mostTensors = 15_000;

/** Gathers the tensors of a graph, and of those within it. @throws Damage */
export const walkGraph: ReadPart = (walk, { end }) =>
  walkFields(walk.reader, end, walk.budget, (field) =>
    field.wire === 2 ? graphParts.get(field.number)?.(walk, field) : undefined,
  );

/** A function of a model of its own: no initializers, but nodes. onnx.proto, FunctionProto */
export const walkFunction: ReadPart = async (walk, { end }) => {
  let name = '';
  await walkFields(walk.reader, end, walk.budget, async (field) => {
    if (field.wire !== 2) return;
    if (field.number === 1) name = await readText(walk.reader, field);
    if (field.number === 7) await readNode({ ...walk, path: [...walk.path, name] }, field);
  });
};

/** How a training begins, and what its steps do, are graphs. onnx.proto, TrainingInfoProto */
export const walkTraining: ReadPart = (walk, { end }) =>
  walkFields(walk.reader, end, walk.budget, (field) => {
    const part = field.wire === 2 && trainingParts.get(field.number);
    return part ? walkGraph({ ...walk, path: ['training_info', part] }, field) : undefined;
  });

const trainingParts: ReadonlyMap<number, string> = new Map([
  [1, 'initialization'],
  [2, 'algorithm'],
]);

export const textOf = (name: string): ReadPart => {
  return async ({ model, reader }, field) => {
    model.facts.push([name, keep(model, await readText(reader, field))]);
  };
};

type ReadOne = typeof readTensor;

const addInitializer =
  (read: ReadOne): ReadPart =>
  async (walk, field) => {
    const { source, reader, budget, problems } = walk;
    const found = await problems.try(() => read(source, reader, field, budget));
    if (found) addTensor(walk, found, found.name);
  };

const graphParts = new Map<number, ReadPart>([
  [1, readNode],
  [2, textOf('graph')],
  [5, addInitializer(readTensor)],
  [15, addInitializer(readSparseTensor)],
]);

function addTensor({ model, path }: Walk, tensor: Tensor, name: string): void {
  if (model.tensors.length >= mostTensors) throw new LimitReached('it has more tensors than are looked at');
  model.tensors.push({ ...tensor, name: keep(model, [...path, name].join('.')) });
  if (tensor.beside) model.locations.add(keep(model, tensor.beside.location));
}

/** The same text. @throws Damage where no more of them are kept */
export function keep(model: Model, text: string): string {
  model.room -= text.length;
  if (model.room < 0) throw new LimitReached('its names are longer than are read');
  return text;
}

/** A node as far as it is of use. onnx.proto, NodeProto */
interface Node {
  operator: string;
  name: string;
  /** What it gives first: no other value of the graph is called like that. */
  output: string;
  /** What its attributes hold, each with the name of its attribute. */
  tensors: { attribute: string; tensor: Tensor }[];
  /** What a constant is that is written as numbers. */
  numbers: Tensor[];
}

async function readNode(walk: Walk, { end }: Field): Promise<void> {
  const { reader, budget } = walk;
  const node: Node = { operator: '', name: '', output: '', tensors: [], numbers: [] };
  try {
    await walkFields(reader, end, budget, (field) =>
      field.wire === 2 ? nodeParts.get(field.number)?.(node, walk, field) : undefined,
    );
  } finally {
    addConstants(walk, node);
  }
}

const nodeParts = new Map<number, (node: Node, walk: Walk, field: Field) => void | Promise<void>>([
  [
    2,
    async (node, { reader }, field) => {
      if (node.output === '') node.output = await readText(reader, field);
    },
  ],
  [
    3,
    async (node, { reader }, field) => {
      node.name = await readText(reader, field);
    },
  ],
  [
    4,
    async (node, { reader, model }, field) => {
      node.operator = await readText(reader, field);
      count(model, node.operator);
    },
  ],
  [5, (node, walk, field) => readAttribute(node, walk, field)],
]);

/** A constant goes by the name of the value that it is. They are part of how a graph computes, as often as they are weights. */
function addConstants(walk: Walk, { operator, name, output, tensors, numbers }: Node): void {
  const whose = output || name || operator;
  for (const { attribute, tensor } of tensors)
    addTensor(walk, { ...tensor, part: 'other' }, operator === 'Constant' ? whose : `${whose}.${attribute}`);
  if (operator === 'Constant') for (const tensor of numbers) addTensor(walk, tensor, whose);
}

async function holdTensor(
  node: Node,
  { source, reader, budget, problems }: Walk,
  { name, field }: { name: string; field: Field },
): Promise<void> {
  const read = tensorReaders.get(field.number);
  const tensor = read && (await problems.try(() => read(source, reader, field, budget)));
  if (tensor) node.tensors.push({ attribute: name, tensor });
}

const graphFields: ReadonlySet<number> = new Set([6, 11]);
const tensorReaders: ReadonlyMap<number, ReadOne> = new Map([
  [5, readTensor],
  [10, readTensor],
  [22, readSparseTensor],
  [23, readSparseTensor],
]);

/** Control flow has its branches and bodies as graphs of their own, with weights of their own. onnx.proto, AttributeProto */
async function readAttribute(node: Node, walk: Walk, { end }: Field): Promise<void> {
  const { source, reader, budget, path, problems } = walk;
  rule(path.length < deepest, 'its graphs are nested deeper than anybody writes');
  let name = '';
  const numbers = new AttributeNumbers(source);
  const takePart = async (field: Field) => {
    if (field.number === 1) name = await readText(reader, field);
    else if (graphFields.has(field.number)) await walkGraph({ ...walk, path: [...path, name] }, field);
    else await holdTensor(node, walk, { name, field });
    await numbers.take(name, field, reader);
  };
  // There can be a million numbers: those are not waited for.
  await walkFields(reader, end, budget, (field) =>
    field.wire === 2 ? takePart(field) : numbers.take(name, field, reader),
  );
  const tensor = await problems.try(async () => numbers.tensor());
  if (tensor) node.numbers.push(tensor);
}

function count(model: Model, operator: string): void {
  const { operators } = model;
  const known = operators.get(operator);
  operators.set(known === undefined ? keep(model, operator) : operator, (known ?? 0) + 1);
}
