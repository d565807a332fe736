import { bestPlaces, differenceFrom } from '../../../shared/comparison/compare-numbers.ts';
import type { ComparedRow, ComparedValue, ValueKind } from '../../../shared/comparison/compare-versions.ts';
import { formatCount } from '../formats/plain-text.ts';
import { type CellValue, csvLine, guarded } from './delimited-text.ts';
import { markdownLine, markdownText } from './markdown-line.ts';
import { type ReadSideBySide, readSideBySide, type SideBySide } from './read-side-by-side.ts';

export type SideBySideFormat = 'csv' | 'md';

/**
 * What is shown of versions side by side as a table: CSV with every digit, each metric's difference to the baseline in columns of its own;
 * or Markdown as GitHub reads it, for people.
 * @throws ModelNotFoundError for a version that is gone
 */
export async function sideBySideText(asked: SideBySide, format: SideBySideFormat): Promise<string> {
  const read = await readSideBySide(asked);
  return [...(format === 'csv' ? csvLines(read) : markdownLines(read))].join('');
}

const betterEnd = { max: 'higher', min: 'lower' };

function* csvLines({ ids, labels, baseline, sections }: ReadSideBySide): Generator<string> {
  const line = (cells: readonly CellValue[]) => csvLine(cells.map(guarded));
  const base = labels[baseline];
  const others = labels.flatMap((label, place) =>
    place === baseline || base === undefined ? [] : { label, place },
  );
  yield line([
    'section',
    'name',
    'better',
    ...labels,
    ...others.map(({ label }) => `${label} minus ${base}`),
  ]);
  yield line(['', 'file', '', ...ids, ...others.map(() => null)]);
  for (const { title, rows } of sections) {
    for (const { label, kind, values, direction } of rows) {
      const by = (place: number) =>
        kind === 'metric'
          ? differenceFrom(values[baseline] ?? null, values[place] ?? null, direction)?.by
          : null;
      const better = direction && betterEnd[direction];
      yield line([title, label, better, ...values, ...others.map(({ place }) => by(place) ?? null)]);
    }
  }
}

const arrows = { max: ' ↑', min: ' ↓' };

function* markdownLines({ labels, baseline, sections }: ReadSideBySide): Generator<string> {
  const heads = labels
    .map(markdownText)
    .map((label, place) => (place === baseline ? `${label} (baseline)` : label));
  yield markdownLine(['', ...heads]);
  yield markdownLine(['---', ...labels.map(() => '---')]);
  for (const { title, rows, hidden } of sections) {
    const left = hidden > 0 ? ` (${formatCount(hidden)} left out)` : '';
    yield markdownLine([`**${title}**${left}`, ...labels.map(() => '')]);
    for (const row of rows) {
      const { label, direction } = row;
      const arrow = direction ? arrows[direction] : '';
      yield markdownLine([`${markdownText(label)}${arrow}`, ...markdownCells(row, baseline)]);
    }
  }
}

function markdownCells(row: ComparedRow, baseline: number): string[] {
  const { values, kind } = row;
  if (kind !== 'metric') return values.map((value) => markdownValue(value, kind));
  const best = bestPlaces(row);
  return values.map((value, place) => {
    const text = markdownValue(value, kind);
    const difference = place === baseline ? '' : differenceWords(values[baseline] ?? null, value, row);
    return `${best.has(place) ? `**${text}**` : text}${difference}`;
  });
}

const verdictWords = { better: ', better', worse: ', worse', equal: '', unknown: '' };

function differenceWords(base: ComparedValue, value: ComparedValue, { direction }: ComparedRow): string {
  const difference = differenceFrom(base, value, direction);
  if (!difference || difference.by === 0) return '';
  const { by, verdict } = difference;
  return ` (${by > 0 ? '+' : ''}${shortNumber(by)}${verdictWords[verdict]})`;
}

/** As in the window. */
const shownOfChecksum = 12;

function markdownValue(value: ComparedValue, kind: ValueKind): string {
  if (value === null) return '–';
  if (typeof value === 'string')
    return markdownText(kind === 'checksum' ? value.slice(0, shownOfChecksum) : value);
  if (kind === 'bytes') return `${formatCount(value)} bytes`;
  return kind === 'metric' ? shortNumber(value) : String(value);
}

/** Six digits of a fraction, all of a whole number. */
function shortNumber(value: number): string {
  return String(Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(6)));
}
