import type { InspectOutput } from '../../../shared/model/inspect-output.ts';
import { stringifyJson } from '../../../shared/model/json.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { describeInspection } from '../../core/contents/describe-inspection.ts';
import { inspectFile } from '../../core/contents/inspect-file.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { type Column, formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';

/** `cairn inspect`: what is in a checkpoint. Nothing of it is executed. */
export async function inspect(path: string, options: { json?: boolean }): Promise<ExitCode> {
  const inspection = await inspectFile(path);
  try {
    const output = describeInspection(path, inspection);
    await writeOut(options.json ? [`${stringifyJson(output)}\n`] : formatText(output));
    return output.problems.length > 0 ? exitCodes.foundWrong : exitCodes.done;
  } finally {
    await inspection.close();
  }
}

function* formatText(output: InspectOutput): Generator<string> {
  yield `${escapeName(output.path, 400)}\n`;
  for (const [name, value] of facts(output)) yield `  ${name.padEnd(14)}${escapeName(value, 400)}\n`;
  for (const problem of output.problems) yield `  problem       ${escapeName(problem, 400)}\n`;
  yield* section(entryColumns, output.entries);
  yield* section(tensorColumns, output.tensors);
  yield* section(
    globalColumns,
    output.globals.filter((global) => global.class === 'code'),
  );
}

function* section<T>(columns: readonly Column<T>[], rows: readonly T[]): Generator<string> {
  if (rows.length === 0) return;
  yield '\n';
  yield* formatTable(columns, rows);
}

const trusts: Record<InspectOutput['trust'], string> = {
  'tensors-only': 'takes tensors and plain data alone',
  'needs-classes': 'imports classes that are neither tensors nor plain data',
  'runs-code': 'calls code that is neither tensors nor plain data',
};

function facts(output: InspectOutput): [string, string][] {
  const { format, file_size_bytes: size, entries } = output;
  const sizes = size === null ? [] : [formatBytes(size), `${formatBytes(output.bytes_read)} read`];
  const file: [string, string] = ['format', [format, ...sizes].join(', ')];
  return entries.length > 0 ? [file, ...plainFacts(output), ...tensorFacts(output)] : [file];
}

function tensorFacts({ totals, trust }: InspectOutput): [string, string][] {
  const { tensors, parameters, bytes } = totals;
  const counts = `${tensors.toLocaleString('en')}: ${parameters.toLocaleString('en')} parameters`;
  return [
    ['tensors', `${counts}, ${formatBytes(bytes)}`],
    ['loading', trusts[trust]],
  ];
}

function plainFacts(output: InspectOutput): [string, string][] {
  const named: [string, unknown][] = [
    ['version', output.checkpoint_version],
    ['training', output.training_state],
    ['metadata', output.metadata],
  ];
  return named.flatMap(([name, value]) =>
    value === null ? [] : [[name, typeof value === 'string' ? value : stringifyJson(value)]],
  );
}

const entryColumns: Column<InspectOutput['entries'][number]>[] = [
  { title: 'ENTRY', text: ({ key }) => key || '(the whole)' },
  { title: 'TYPE', text: ({ type }) => type },
  { title: '', text: ({ summary }) => summary },
];

const tensorColumns: Column<InspectOutput['tensors'][number]>[] = [
  { title: 'TENSOR', text: ({ name }) => name || '(the whole)' },
  { title: 'DTYPE', text: ({ dtype }) => dtype },
  { title: 'SHAPE', text: ({ shape }) => `[${shape.join(', ')}]` },
  { title: 'SIZE', align: 'right', text: ({ bytes }) => formatBytes(bytes) },
];

const globalColumns: Column<InspectOutput['globals'][number]>[] = [
  { title: 'UNKNOWN CODE', text: ({ module, name }) => `${module}.${name}` },
  { title: '', text: ({ called }) => (called ? 'used at load' : 'named') },
];
