import type { RunsOutput } from '../../../shared/model/runs-output.ts';
import { correlationWords } from '../../../shared/statistics/correlation-words.ts';
import { listedValues } from '../../../shared/statistics/listed-values.ts';
import { otherwiseWords } from '../../../shared/statistics/otherwise-words.ts';
import { mostComparedAtOnce } from '../../../shared/statistics/settings-of-runs.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { formatCount, plural } from '../../core/formats/plain-text.ts';
import { formatMeasure } from './format-values.ts';
import { type Column, formatTable } from './table.ts';

type Differences = NonNullable<RunsOutput['differences']>;
type NumberSetting = Differences['numbers'][number];
/** A value of a setting, or what is said below its values. */
interface WordLine {
  name: string;
  value: string;
  runs?: number;
  mean?: number;
}

/** How settings go with the best of runs, as the window's page of differences has it. */
export function* formatDifferences(differences: Differences): Generator<string> {
  const { by, compared, otherwise, unread, numbers, words } = differences;
  if (by === null || compared === 0) {
    yield '\nNo run has both a best version and a record of what it was trained with.\n';
    return;
  }
  if (numbers.length + words.length === 0) {
    yield `\n${plural(compared, 'run')} can be compared, and none differs from the others in what it was trained with.\n`;
    yield* leftOut(otherwise);
    return;
  }
  const better = by.mode === 'max' ? 'higher is better' : 'lower is better';
  yield `\nHow settings go with the best ${escapeName(by.name)} (${better}) of ${plural(compared, 'run')}: an association, which does not show the cause.\n`;
  yield* leftOut(otherwise);
  if (unread > 0)
    yield `Of the runs without Hydra the first ${formatCount(mostComparedAtOnce)} were read; ${formatCount(unread)} more were not.\n`;
  const columns: Column<NumberSetting>[] = [
    ...numberColumns,
    { title: 'WHAT IT SAYS', text: (setting) => correlationWords(setting, by.mode) },
  ];
  if (numbers.length > 0) yield* ['\n', ...formatTable(columns, numbers)];
  const valued = [...numbers.flatMap(valueLines), ...words.flatMap(linesOf)];
  if (valued.length > 0) yield* ['\n', ...formatTable(wordColumns, valued)];
}

function* leftOut(otherwise: number): Generator<string> {
  if (otherwise > 0) yield `${otherwiseWords(otherwise, plural)}\n`;
}

const numberColumns: readonly Column<NumberSetting>[] = [
  { title: 'SETTING', text: ({ name }) => name },
  { title: 'RUNS', align: 'right', text: ({ runs }) => formatCount(runs) },
  { title: 'FROM', align: 'right', text: ({ range: [least] }) => String(least) },
  { title: 'TO', align: 'right', text: ({ range: [, greatest] }) => String(greatest) },
  {
    title: 'CORRELATION',
    align: 'right',
    text: ({ correlation }) => (correlation === null ? '–' : correlation.toFixed(2)),
  },
];

const wordColumns: readonly Column<WordLine>[] = [
  { title: 'SETTING', text: ({ name }) => name },
  { title: 'VALUE', text: ({ value }) => value },
  { title: 'RUNS', align: 'right', text: ({ runs }) => (runs === undefined ? '' : formatCount(runs)) },
  {
    title: 'MEAN OF THE BEST',
    align: 'right',
    text: ({ mean }) => (mean === undefined ? '' : formatMeasure(mean)),
  },
];

/** In the order of the values: whether they rise and fall is seen. */
function valueLines({ name, values }: NumberSetting): WordLine[] {
  return values.map(({ value, ...came }) => ({ name, value: String(value), ...came }));
}

function linesOf(setting: Differences['words'][number]): WordLine[] {
  const { name } = setting;
  const { values, below } = listedValues(setting, plural);
  const lines: WordLine[] = values.map((each) => ({ name, ...each }));
  return below === null ? lines : [...lines, { name, value: below }];
}
