import type { RunsOutput } from '../../../shared/model/runs-output.ts';
import { correlationWords } from '../../../shared/statistics/correlation-words.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { formatCount, plural } from '../../core/formats/plain-text.ts';
import { formatMeasure } from './format-values.ts';
import { type Column, formatTable } from './table.ts';

type Differences = NonNullable<RunsOutput['differences']>;
type NumberSetting = Differences['numbers'][number];
interface WordValue {
  name: string;
  value: string;
  runs: number;
  mean: number;
}

/** How settings go with the best of runs, as the window's page of differences has it. */
export function* formatDifferences({ by, compared, numbers, words }: Differences): Generator<string> {
  if (by === null || compared === 0) {
    yield '\nNo run has both a best version and a record of what it was trained with.\n';
    return;
  }
  if (numbers.length + words.length === 0) {
    yield `\n${plural(compared, 'run')} can be compared, and none differs from the others in what it was trained with.\n`;
    return;
  }
  const better = by.mode === 'max' ? 'higher is better' : 'lower is better';
  yield `\nHow settings go with the best ${escapeName(by.name)} (${better}) of ${plural(compared, 'run')}: an association, which does not show the cause.\n`;
  const columns: Column<NumberSetting>[] = [
    ...numberColumns,
    { title: 'WHAT IT SAYS', text: (setting) => correlationWords(setting, by.mode) },
  ];
  if (numbers.length > 0) yield* ['\n', ...formatTable(columns, numbers)];
  if (words.length > 0) yield* ['\n', ...formatTable(wordColumns, words.flatMap(valuesOf))];
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

const wordColumns: readonly Column<WordValue>[] = [
  { title: 'SETTING', text: ({ name }) => name },
  { title: 'VALUE', text: ({ value }) => value },
  { title: 'RUNS', align: 'right', text: ({ runs }) => formatCount(runs) },
  { title: 'MEAN OF THE BEST', align: 'right', text: ({ mean }) => formatMeasure(mean) },
];

/** Values of one setting that are listed. */
const mostValues = 12;

function valuesOf({ name, values }: Differences['words'][number]): WordValue[] {
  return values.slice(0, mostValues).map((each) => ({ name, ...each }));
}
