import { settingLines } from '../../../shared/comparison/setting-lines.ts';
import type { Hyperparameter } from '../../../shared/model/hyperparameters.ts';
import type { InspectOutput } from '../../../shared/model/inspect-output.ts';
import { stringifyJson } from '../../../shared/model/json.ts';
import type { OptimizerView } from '../../../shared/model/optimizer-view.ts';
import type { TensorStatistics } from '../../../shared/model/tensor-statistics.ts';
import { isUntoldFormat } from '../../../shared/model/untold-format.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import {
  type DescribedTensor,
  describeInspection,
  type InspectDocument,
} from '../../core/contents/describe-inspection.ts';
import { type Inspection, inspectFile, whileUnchanged } from '../../core/contents/inspect-file.ts';
import { readSurroundings } from '../../core/contents/read-surroundings.ts';
import { UsageError } from '../../core/errors.ts';
import { plural } from '../../core/formats/plain-text.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { exportedLines } from '../print/exported.ts';
import { formatBytes, formatMeasure } from '../print/format-values.ts';
import { jsonPieces } from '../print/json-pieces.ts';
import { numbersOf } from '../print/numbers-of.ts';
import { type Column, formatTable } from '../print/table.ts';
import { showProgress, writeOut } from '../print/write-out.ts';
import { checkpointPath } from './checkpoint-path.ts';

/** `cairn inspect`: what is in a checkpoint. Nothing of it is executed. */
export async function inspect(
  named: string,
  options: { json?: boolean; stats?: boolean } & ExportWish,
): Promise<ExitCode> {
  const path = await checkpointPath(named);
  const inspection = await inspectFile(path);
  try {
    const damaged: string[] = [];
    const measured = () => measure(inspection, (problem) => damaged.push(problem));
    const statistics = options.stats ? await whileUnchanged(inspection, measured) : [];
    const surroundings = await readSurroundings(path);
    const described = describeInspection(path, withProblems(inspection, damaged), statistics, surroundings);
    const exported = await exportWanted(path, inspection, options);
    const output = exported ? { ...described, exported } : described;
    await writeOut(options.json ? jsonLine(output) : formatText(output, options.stats));
    return output.problems.length > 0 ? exitCodes.foundWrong : exitCodes.done;
  } finally {
    await inspection.close();
  }
}

function* jsonLine(output: InspectDocument): Generator<string> {
  yield* jsonPieces(output);
  yield '\n';
}

interface ExportWish {
  export?: string;
  csv?: boolean;
  tensor: readonly string[];
}

function withProblems(inspection: Inspection, found: readonly string[]): Inspection {
  const { contents } = inspection;
  return { ...inspection, contents: { ...contents, problems: [...contents.problems, ...found] } };
}

/** Writing takes code that a plain look need not load. */
async function exportWanted(
  path: string,
  inspection: Inspection,
  { export: target, csv = false, tensor }: ExportWish,
) {
  if (target === undefined && (csv || tensor.length > 0)) throw nowhereToExport(csv ? '--csv' : '--tensor');
  if (target === undefined) return undefined;
  const { exportElements } = await import('./export-elements.ts');
  return exportElements(path, inspection, { export: target, csv, tensor });
}

function nowhereToExport(option: string): UsageError {
  return new UsageError(
    `cannot export what ${option} asks for — it is not said where to — add --export PATH, or leave ${option} out`,
  );
}

/** Statistics take reading every byte, and code that a plain look need not load. */
async function measure({ contents }: Inspection, onDamaged: (problem: string) => void) {
  const { measureTensors } = await import('../../core/tensors/measure-tensors.ts');
  let done = 0;
  const statistics = await measureTensors(contents.tensors, {
    onDamaged,
    onBytes: (bytes) => {
      done += bytes;
      showProgress(`${formatBytes(done)} measured`);
    },
  });
  showProgress('');
  return statistics;
}

function* formatText(output: InspectDocument, isMeasured = false): Generator<string> {
  if (output.exported) {
    yield* exportedLines(output.exported);
    for (const problem of output.problems) yield `  problem   ${escapeName(problem, 400)}\n`;
    return;
  }

  yield `${escapeName(output.path, 400)}\n`;
  for (const [name, value] of facts(output)) yield `  ${name.padEnd(14)}${escapeName(value, 400)}\n`;
  for (const problem of output.problems) yield `  problem       ${escapeName(problem, 400)}\n`;
  yield* section(entryColumns, output.entries);
  yield* section(isMeasured ? measuredColumns : tensorColumns, output.tensors);
  const isSpecial = ({ stored_as: stored, not_measured: why }: DescribedTensor) => (stored ?? why) !== null;
  if (isMeasured) yield* section(storedColumns, output.tensors.filter(isSpecial));
  yield* section(layerColumns, output.layers);
  yield* section(settingColumns, output.hyperparameters.flatMap(settingRows));
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
  'tensors-only': 'as far as can be seen, it takes tensors and plain data alone',
  'needs-classes': 'imports classes that are neither tensors nor plain data',
  'runs-code': 'calls code that is neither tensors nor plain data',
};

/** Never a promise. What was not read may do anything. */
function loadingFacts(output: InspectDocument): [string, string][] {
  const { format, trust, globals, unread, targets, problems } = output;
  const isCalled = globals.some(({ called, class: kind }) => called && kind === 'code');
  const isSeen = unread.length === 0 || isCalled;
  const isUntold = !isCalled && isUntoldFormat(format);
  const seen = isUntold ? 'not known: nothing was read that could tell' : trusts[trust];
  const missed = unread
    .filter((what) => !problems.includes(what))
    .map((what): [string, string] => ['not read', what]);
  const called = targets.map((what): [string, string] => [
    'config calls',
    `${what}, when Hydra makes its objects`,
  ]);
  return [['loading', isSeen ? seen : 'may run anything: not all of it was read'], ...missed, ...called];
}

function facts(output: InspectDocument): [string, string][] {
  const { format, file_size_bytes: size, entries } = output;
  const sizes = size === null ? [] : [formatBytes(size), `${formatBytes(output.bytes_read)} read`];
  const file: [string, string] = ['format', [format, ...sizes, ...orderWords(output)].join(', ')];
  if (entries.length + output.globals.length === 0)
    return size === null ? [file] : [file, ...loadingFacts(output)];
  return [
    file,
    ...writerFacts(output),
    ...plainFacts(output),
    ...tensorFacts(output),
    ...carriedFacts(output),
  ];
}

/** How the elements stand is worth a word where it is not as nearly always. */
function orderWords({ byte_order: order }: InspectDocument): string[] {
  return order === null || order === 'little' ? [] : [order === 'big' ? 'big-endian' : 'partly big-endian'];
}

function writerFacts({ written_by: writer }: InspectDocument): [string, string][] {
  return writer ? [['written by', [writer.framework, writer.version ?? []].flat().join(' ')]] : [];
}

/** What is there to go on training from. */
function carriedFacts({ carried }: InspectDocument): [string, string][] {
  return carried.length === 0 ? [] : [['to go on', carried.map(({ what }) => what).join(', ')]];
}

function tensorFacts(output: InspectDocument): [string, string][] {
  const { totals, optimizer } = output;
  const { tensors, parameters, bytes } = totals;
  const counts = `${tensors.toLocaleString('en')}: ${plural(parameters, 'parameter')}`;
  return [
    ['tensors', `${counts}, ${formatBytes(bytes)}`],
    ...loadingFacts(output),
    ...(optimizer ? optimizerFacts(optimizer) : []),
  ];
}

function optimizerFacts({ kind, groups, steps, parameters }: OptimizerView): [string, string][] {
  const at = steps ? [`step ${[...new Set([steps.least, steps.most])].join(' to ')}`] : [];
  const whole = [kind ?? 'of no kind that is known', `state for ${plural(parameters, 'parameter')}`, ...at];
  return [
    ['optimizer', whole.join(', ')],
    ...groups.map((group, index): [string, string] => [
      `  group ${index + 1}`,
      `${plural(group.parameters, 'parameter')}, ${stringifyJson(group.values)}`,
    ]),
  ];
}

function plainFacts(output: InspectDocument): [string, string][] {
  const named: [string, unknown][] = [
    ['version', output.checkpoint_version],
    ['training', output.training_state],
    ['metadata', output.metadata],
    ['metrics', output.metrics],
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

const tensorColumns: Column<DescribedTensor>[] = [
  { title: 'TENSOR', text: ({ name }) => name || '(the whole)' },
  { title: 'DTYPE', text: ({ dtype }) => dtype },
  { title: 'SHAPE', text: ({ shape }) => `[${shape.join(', ')}]` },
  { title: 'SIZE', align: 'right', text: ({ bytes }) => formatBytes(bytes) },
];

const measured = (title: string, pick: (stats: TensorStatistics) => number | bigint | null) => ({
  title,
  align: 'right' as const,
  text: ({ stats }: DescribedTensor) => formatMeasure(stats ? pick(stats) : null),
});

const statisticsColumns: Column<DescribedTensor>[] = [
  measured('MIN', ({ min }) => min),
  measured('MAX', ({ max }) => max),
  measured('MEAN', ({ mean }) => mean),
  measured('STD', ({ std }) => std),
  measured('L2', ({ l2 }) => l2),
  measured('ZEROS', ({ zeros }) => zeros),
  measured('NAN', ({ nan }) => nan),
  measured('INF', ({ posinf, neginf }) => posinf + neginf),
];

const measuredColumns = [...tensorColumns, ...statisticsColumns];

const storedColumns: Column<DescribedTensor>[] = [
  { title: 'NUMBERS OF', text: ({ name }) => name || '(the whole)' },
  { title: '', text: numbersOf },
];

const layerColumns: Column<InspectOutput['layers'][number]>[] = [
  { title: 'MODULE', text: ({ name }) => name || '(the whole)' },
  { title: 'BY ITS SHAPES', text: ({ layer }) => layer },
];

interface SettingRow {
  name: string;
  value: string;
  source: string;
  path: string;
}

/** A line for each value, or where not all places agree one for each of them, marked. */
function settingRows(hyperparameter: Hyperparameter): SettingRow[] {
  const { name, agree, values } = hyperparameter;
  const text = (value: unknown) => (typeof value === 'string' ? value : stringifyJson(value));
  if (agree) {
    const lines = settingLines(hyperparameter);
    return lines.map((places, index) => ({
      name: index === 0 ? name : '',
      value: text(places[0]?.value),
      source: [...new Set(places.map(({ source }) => source))].join(', '),
      path: lines.length === 1 ? '' : places.map(({ path }) => path).join(', '),
    }));
  }
  return values.map(({ source, path, value }, index) => ({
    name: index === 0 ? `! ${name}` : '',
    value: text(value),
    source,
    path,
  }));
}

const settingColumns: Column<SettingRow>[] = [
  { title: 'HYPERPARAMETER', text: ({ name }) => name },
  { title: 'VALUE', text: ({ value }) => value },
  { title: 'FROM', text: ({ source }) => source },
  { title: '', text: ({ path }) => path },
];

const globalColumns: Column<InspectOutput['globals'][number]>[] = [
  { title: 'UNKNOWN CODE', text: ({ module, name }) => `${module}.${name}` },
  { title: '', text: ({ called }) => (called ? 'used at load' : 'named') },
];
