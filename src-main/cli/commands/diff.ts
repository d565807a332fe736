import type { ChangedTensor, DiffOutput } from '../../../shared/model/diff-output.ts';
import { stringifyJson, toNumber } from '../../../shared/model/json.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { inspectFile, whileUnchanged } from '../../core/contents/inspect-file.ts';
import { diffContents } from '../../core/diff/diff-contents.ts';
import { plural } from '../../core/formats/plain-text.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes, formatLikeness, formatMeasure } from '../print/format-values.ts';
import { type Column, formatTable } from '../print/table.ts';
import { showProgress, writeOut } from '../print/write-out.ts';
import { checkpointPath } from './checkpoint-path.ts';

/** `cairn diff`: what sets two checkpoints apart. Nothing of them is executed. */
export async function diff(a: string, b: string, options: { json?: boolean }): Promise<ExitCode> {
  const output = await compareFiles(await checkpointPath(a), await checkpointPath(b));
  await writeOut(options.json ? [`${stringifyJson(output)}\n`] : formatText(output));
  return output.problems.length > 0 ? exitCodes.foundWrong : exitCodes.done;
}

async function compareFiles(a: string, b: string): Promise<DiffOutput> {
  const one = await inspectFile(a);
  try {
    const other = await inspectFile(b);
    try {
      const compare = () => diffContents(one.contents, other.contents, { onBytes: tellBytes() });
      const compareOther = () => whileUnchanged(other, compare);
      return { a, b, ...(await whileUnchanged(one, compareOther)) };
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
    showProgress('');
  }
}

function tellBytes(): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    showProgress(`${formatBytes(done)} compared`);
  };
}

function* formatText(output: DiffOutput): Generator<string> {
  const { added, removed, changed, identical, equal, renamed, not_compared: unknown } = output.tensors;
  yield `a  ${escapeName(output.a, 400)}\nb  ${escapeName(output.b, 400)}\n`;
  for (const problem of output.problems) yield `  problem: ${escapeName(problem, 400)}\n`;
  yield `tensors: ${changed.length} changed, ${identical} identical, ${added.length} added, ${removed.length} removed\n`;
  const [first] = renamed;
  if (first)
    yield `  ${plural(renamed.length, 'name of a begins', 'names of a begin')} otherwise in b: ${nameOf(first.a)} is ${nameOf(first.b)} there\n`;
  for (const name of equal) yield `  = ${nameOf(name)}: equal elements, other bytes\n`;
  for (const name of added) yield `  + ${nameOf(name)}\n`;
  for (const name of removed) yield `  - ${nameOf(name)}\n`;
  for (const name of unknown) yield `  ? ${nameOf(name)}: its elements cannot be compared\n`;
  if (changed.length > 0) yield* ['\n', ...formatTable(tensorColumns, changed)];
  yield* section('training state', output.training_state);
  yield* section('hyperparameters', output.hyperparameters);
  yield* section('metadata', output.metadata);
  yield* section('metrics', output.metrics);
}

const nameOf = (name: string) => escapeName(name, 200);

type Value = DiffOutput['metadata'][number];

function* section(title: string, values: readonly Value[]): Generator<string> {
  if (values.length === 0) return;
  yield '\n';
  yield* formatTable(
    [
      { title: title.toUpperCase(), text: ({ key }) => key },
      { title: 'A', text: ({ a }) => stringifyJson(a) },
      { title: 'B', text: ({ b }) => stringifyJson(b) },
    ] satisfies Column<Value>[],
    values,
  );
}

const measure = (value: unknown): string => formatMeasure(toNumber(value));
const likeness = (value: unknown): string => formatLikeness(toNumber(value));

const tensorColumns: Column<ChangedTensor>[] = [
  { title: 'CHANGED', text: ({ name }) => name || '(the whole)' },
  { title: 'SHAPE', text: formatShapes },
  { title: 'L2', align: 'right', text: ({ l2 }) => measure(l2) },
  { title: 'RELATIVE', align: 'right', text: ({ relative_l2 }) => measure(relative_l2) },
  { title: 'COSINE', align: 'right', text: ({ cosine }) => likeness(cosine) },
  { title: 'MAX', align: 'right', text: ({ max_abs }) => measure(max_abs) },
  { title: 'FRACTION', align: 'right', text: ({ fraction_changed }) => likeness(fraction_changed) },
];

function formatShapes({ shape_a, shape_b, dtype_a, dtype_b }: ChangedTensor): string {
  const [a, b] = [`[${shape_a.join(', ')}]`, `[${shape_b.join(', ')}]`];
  const shapes = a === b ? a : `${a} → ${b}`;
  return dtype_a === dtype_b ? shapes : `${shapes} ${dtype_a} → ${dtype_b}`;
}
