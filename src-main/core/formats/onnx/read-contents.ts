import { ByteReader } from '../byte-reader.ts';
import type { Contents, Entry } from '../contents.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { awayFrom, leadsAway } from '../leads-away.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { type Field, readPair, walkFields } from './walk-fields.ts';
import {
  keep,
  type Model,
  type ReadPart,
  textOf,
  type Walk,
  walkFunction,
  walkGraph,
  walkTraining,
} from './walk-graph.ts';

/** `names`: how many characters of texts are kept, which stand for more than their bytes where graphs are within graphs. */
const most = { fields: 1_000_000, bytes: 256 * 1024 * 1024, names: 16 * 1024 * 1024 };

/** The initializers and constants of the graph with their places, and what the model says of itself; no weight is read. */
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
    stopped: problems.stopped,
  };
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
  [20, walkTraining],
  [25, walkFunction],
]);

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
