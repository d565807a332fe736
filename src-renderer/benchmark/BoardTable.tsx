import type { ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { mostListed } from '../../shared/model/benchmark.ts';
import type { SeedSummary } from '../../shared/statistics/seeds.ts';
import { headCells, PlainTable } from '../contents/PlainTable.tsx';
import { exactNumber, formatNumber, missing, withSign } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { type BoardLine, rangeOf } from './leaderboard.ts';
import { OtherVersions } from './OtherVersions.tsx';
import { SubjectName } from './SubjectName.tsx';

interface Props {
  lines: readonly BoardLine[];
  runs: TableRuns;
  list: VersionsSnapshot['list'];
  seeds: number;
}

export function BoardTable({ lines, runs, list, seeds }: Props) {
  const listed = lines.slice(0, mostListed);
  const range = rangeOf(listed);
  const hasTrouble = listed.some(({ subject }) => troubleOf(subject, seeds) !== undefined);
  const between = range?.map((end) => formatNumber(end)).join(' … ');
  return (
    <>
      <PlainTable
        label="Leaderboard"
        className="benchmark-board"
        head={headCells(
          'Version',
          { number: 'Mean' },
          '95% interval',
          ...(between ? [between] : []),
          { number: 'Seeds' },
          'Difference to the first',
          ...(hasTrouble ? ['Failures'] : []),
        )}
      >
        <tbody>
          {listed.map((line) => (
            <Line
              key={line.subject.version}
              line={line}
              runs={runs}
              list={list}
              range={range}
              seeds={seeds}
              hasTrouble={hasTrouble}
            />
          ))}
        </tbody>
      </PlainTable>
      <OtherVersions all={lines.length} />
    </>
  );
}

interface LineProps {
  line: BoardLine;
  runs: TableRuns;
  list: Props['list'];
  range: [number, number] | null;
  seeds: number;
  /** Whether any line has something to tell of it. */
  hasTrouble: boolean;
}

function Line({ line, runs, list, range, seeds, hasTrouble }: LineProps) {
  const { subject, summary, difference } = line;
  const why = troubleOf(subject, seeds);
  return (
    <tr
      data-subject={subject.id}
      data-run={runs.nameOf(subject)}
      data-failed={subject.failed > 0 || undefined}
    >
      <td>
        <SubjectName runs={runs} list={list} subject={subject} />
      </td>
      <td className="number" title={exactNumber(summary?.mean ?? null)}>
        {formatNumber(summary?.mean ?? null)}
      </td>
      <td className="benchmark-interval">{intervalWords(summary)}</td>
      {range && (
        <td>
          <IntervalBar summary={summary} range={range} />
        </td>
      )}
      <td className="number">{summary?.n ?? 0}</td>
      <td className="benchmark-interval">{difference && differenceWords(difference)}</td>
      {hasTrouble && (
        <td className="benchmark-failure" title={why}>
          <span>{why}</span>
        </td>
      )}
    </tr>
  );
}

function troubleOf({ failed, failure, unrecorded }: ShownSubject, seeds: number): string | undefined {
  if (failed > 0) return `${failed} of ${seeds}: ${visibleText(failure ?? '')}`;
  return unrecorded === null ? undefined : `not in its sidecar: ${visibleText(unrecorded)}`;
}

interface BarProps {
  summary: SeedSummary | null;
  range: [number, number] | null;
}

/** Where the interval lies among those of all versions, whose ends stand at the head; the words beside it say the same. */
function IntervalBar({ summary, range }: BarProps) {
  if (!summary?.ci95 || !range) return null;
  const {
    mean,
    ci95: [low, high],
  } = summary;
  const [least, most] = range;
  const place = (value: number) => (most > least ? (value - least) / (most - least) : 0.5) * 100;
  return (
    <svg className="benchmark-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
      <rect x={place(low)} y="3.5" width={Math.max(0.5, place(high) - place(low))} height="3" />
      <rect className="benchmark-mean" x={place(mean) - 0.5} y="0" width="1" height="10" />
    </svg>
  );
}

function intervalWords(summary: SeedSummary | null): string {
  return summary?.ci95?.map((end) => formatNumber(end)).join(' … ') ?? missing;
}

function differenceWords(difference: SeedSummary): string {
  const mean = withSign(difference.mean, formatNumber(difference.mean));
  return difference.ci95 ? `${mean} (${intervalWords(difference)})` : mean;
}
