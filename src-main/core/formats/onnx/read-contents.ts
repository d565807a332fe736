import type { Json } from '../../../../shared/model/json.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Contents, Entry, Tensor } from '../contents.ts';
import { Damage, rule } from '../damage.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { awayFrom, leadsAway } from '../leads-away.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { readTensor } from './read-tensor.ts';
import { type Field, type FieldBudget, readPair, readText, walkFields } from './walk-fields.ts';

/** `names`: how many characters of texts are kept, which stand for more than their bytes where graphs are within graphs. */
const most = { fields: 1_000_000, bytes: 256 * 1024 * 1024, depth: 20, names: 16 * 1024 * 1024 };

/** What has been found so far. onnx.proto, messages ModelProto and GraphProto. */
interface Model {
  facts: [string, Json][];
  notes: [string, Json][];
  tensors: Tensor[];
  operators: Map<string, number>;
  locations: Set<string>;
  parts: Set<number>;
  /** How many characters of texts are still kept. */
  room: number;
}

/** The initializers of the graph with their places, and what the model says of itself; no weight is read. */
export async function readOnnxContents(source: Source, recognised: FormatName): Promise<Contents> {
  const problems = new Problems();
  const walk: Walk = {
    source,
    reader: new ByteReader(source, 0, source.size, most.bytes),
    budget: { fields: most.fields },
    model: {
      facts: [],
      notes: [],
      tensors: [],
      operators: new Map(),
      locations: new Set(),
      parts: new Set(),
      room: most.names,
    },
    problems,
    path: [],
  };
  await problems.try(() => walkModel(walk));
  const { model } = walk;
  if (problems.sentences.length === 0 && !(model.parts.has(7) && model.parts.has(8))) {
    problems.add(`${formatCount(source.size)} bytes: the end of the model is missing`);
  }
  for (const location of model.locations) if (leadsAway(location)) problems.add(awayFrom(location));
  return {
    ...plainContents(recognised, problems.sentences, entriesOf(model)),
    metadata: model.notes.length > 0 ? Object.fromEntries(model.notes) : null,
    tensors: model.tensors,
  };
}

interface Walk {
  source: Source;
  reader: ByteReader;
  budget: FieldBudget;
  model: Model;
  problems: Problems;
  /** The names of the attributes around the graph that is walked, innermost last. */
  path: readonly string[];
}

const numberFacts = new Map([
  [1, 'ir_version'],
  [5, 'model_version'],
]);

async function walkModel(walk: Walk): Promise<void> {
  const { source, reader, budget, model } = walk;
  await walkFields(reader, source.size, budget, (field) => {
    model.parts.add(field.number);
    const number = numberFacts.get(field.number);
    if (number && field.wire === 0) model.facts.push([number, field.value]);
    return field.wire === 2 ? modelParts.get(field.number)?.(walk, field) : undefined;
  });
}

async function walkGraph({ reader, budget, ...walk }: Walk, { end }: Field): Promise<void> {
  await walkFields(reader, end, budget, (field) =>
    field.wire === 2 ? graphParts.get(field.number)?.({ reader, budget, ...walk }, field) : undefined,
  );
}

type ReadPart = (walk: Walk, field: Field) => Promise<void>;

const textOf = (name: string): ReadPart => {
  return async ({ model, reader }, field) => {
    model.facts.push([name, keep(model, await readText(reader, field))]);
  };
};

const modelParts = new Map<number, ReadPart>([
  [2, textOf('producer_name')],
  [3, textOf('producer_version')],
  [4, textOf('domain')],
  [7, walkGraph],
  [8, readOpset],
  [
    14,
    async ({ model, reader, budget }, { end }) => {
      const [key, value] = await readPair(reader, end, budget);
      model.notes.push([keep(model, key), keep(model, value)]);
    },
  ],
]);

const graphParts = new Map<number, ReadPart>([
  [1, readNode],
  [2, textOf('graph')],
  [5, addTensor],
]);

async function addTensor(walk: Walk, field: Field): Promise<void> {
  const { source, reader, budget, model, problems, path } = walk;
  const found = await problems.try(() => readTensor(source, reader, field, budget));
  if (!found) return;
  model.tensors.push({ ...found, name: keep(model, [...path, found.name].join('.')) });
  if (found.beside) model.locations.add(keep(model, found.beside.location));
}

/** The same text. @throws Damage where no more of them are kept */
function keep(model: Model, text: string): string {
  model.room -= text.length;
  if (model.room < 0) throw new Damage('its names are longer than are read', 'unknown');
  return text;
}

async function readNode(walk: Walk, { end }: Field): Promise<void> {
  const { reader, budget, model } = walk;
  await walkFields(reader, end, budget, (field) => {
    if (field.wire !== 2) return;
    if (field.number === 4) return count(model, reader, field);
    return field.number === 5 ? readAttribute(walk, field) : undefined;
  });
}

/** Control flow has its branches and bodies as graphs of their own, with weights of their own. onnx.proto, AttributeProto */
async function readAttribute(walk: Walk, { end }: Field): Promise<void> {
  const { reader, budget, path } = walk;
  rule(path.length < most.depth, 'its graphs are nested deeper than anybody writes');
  let name = '';
  await walkFields(reader, end, budget, async (field) => {
    if (field.wire !== 2) return;
    if (field.number === 1) name = await readText(reader, field);
    if (field.number === 6 || field.number === 11) await walkGraph({ ...walk, path: [...path, name] }, field);
  });
}

async function count(model: Model, reader: ByteReader, field: Field): Promise<void> {
  const { operators } = model;
  const name = await readText(reader, field);
  const known = operators.get(name);
  operators.set(known === undefined ? keep(model, name) : name, (known ?? 0) + 1);
}

async function readOpset({ reader, budget, model }: Walk, { end }: Field): Promise<void> {
  await walkFields(reader, end, budget, ({ number, value }) => {
    if (number === 2) model.facts.push(['opset', value]);
  });
}

const mostListed = 100;

function entriesOf({ facts, notes, operators, locations }: Model): Entry[] {
  const counted = [...operators].toSorted((a, b) => b[1] - a[1]).slice(0, mostListed);
  const nodes = counted.map(([name, count]) => `${plainName(name)} ×${formatCount(count)}`).join(', ');
  return [
    ...[...facts, ...notes].slice(0, 10 * mostListed).map(([key, value]) => ({
      key,
      type: typeof value === 'number' ? 'number' : 'text',
      summary: plainName(String(value)),
    })),
    ...(nodes === '' ? [] : [{ key: 'nodes', type: 'graph', summary: nodes }]),
    ...[...locations].slice(0, mostListed).map((location) => ({
      key: plainName(location),
      type: 'external data',
      summary: 'weights in a file of their own',
    })),
  ];
}
