import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ShownBenchmark, ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { benchmarkMetric } from '../../shared/model/benchmark.ts';
import { agreedDirection, type Direction, isSameMetric } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { EndChoice } from '../choice/EndChoice.tsx';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { BoardTable } from './BoardTable.tsx';
import { asRecorded, type BoardLine, boardLines, isOnRecord, measuredMetrics } from './leaderboard.ts';

interface Props {
  runs: TableRuns;
  list: VersionsSnapshot['list'];
  shown: ShownBenchmark;
  onAnother: () => void;
  onClose: () => void;
}

/** What a benchmark found: the versions in order, by a metric of it that can become the run's. */
export function Leaderboard({ runs, list, shown, onAnother, onClose }: Props) {
  const { command, notices } = shown;
  // Not remembered: the rows of the list change, and it stays the same.
  const subjects = asRecorded(shown.subjects, (version) => list.get(version));
  const names = measuredMetrics(subjects);
  const [chosen, setChosen] = useState(names[0] ?? '');
  const recorded = benchmarkMetric(chosen);
  const measured = runs.ofAll(subjects);
  const mode = agreedDirection(recorded, measured);
  const lines = boardLines(subjects, chosen, mode);
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus(), []);
  const tell = (end: Direction) => {
    for (const { runId } of measured)
      void valueOrNotice(window.cairn.request('setDirection', { runId, metric: recorded, mode: end }));
  };
  return (
    <>
      <p className="dialog-summary" role="status">
        {summary(subjects)}
      </p>
      <p className="benchmark-help">
        <code>{visibleText(command)}</code>
      </p>
      {names.length > 0 && (
        <div className="benchmark-by">
          <NativeSelect
            size="xs"
            label="By"
            data={names.map((name) => ({ value: name, label: visibleText(name) }))}
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          />
          <EndChoice of={visibleText(chosen)} value={mode} onChange={tell} />
          <UseMetric measured={measured} lines={lines} mode={mode} name={recorded} />
        </div>
      )}
      <BoardTable lines={lines} runs={runs} list={list} seeds={shown.seeds.length} />
      {names.length > 0 && (
        <p className="dialog-hint">
          {mode === null && 'Not ranked: its better end is not set. '}
          Means over the seeds, with the interval that holds the true mean with 95% confidence. Differences
          are to the first line, seed by seed: one whose interval does not reach 0 is more than luck.
        </p>
      )}
      {notices.map((notice) => (
        <p key={notice} className="dialog-hint">
          {visibleText(notice)}.
        </p>
      ))}
      <div className="dialog-foot">
        <Button variant="default" onClick={onAnother}>
          Another benchmark…
        </Button>
        <Button ref={done} onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}

interface UseProps {
  measured: readonly RunSummary[];
  lines: readonly BoardLine[];
  mode: Direction | null;
  name: string;
}

/** Best by benchmark: from then on the runs are ranked by what was measured. */
function UseMetric({ measured, lines, mode, name }: UseProps) {
  const isOne = measured.length === 1;
  if (measured.every(({ metric }) => isSameMetric(metric.name, name)))
    return (
      <span className="dialog-hint">
        {isOne ? 'It decides the best of this run.' : 'It decides the best of each of these runs.'}
      </span>
    );
  const use = () => {
    for (const { runId } of measured)
      void valueOrNotice(window.cairn.request('chooseMetric', { runId, metric: name }));
  };
  return (
    <ReasonButton size="xs" variant="default" why={whyNotUsed(lines, mode)} onClick={use}>
      {isOne ? 'Use as the metric of this run' : 'Use as the metric of these runs'}
    </ReasonButton>
  );
}

function whyNotUsed(lines: readonly BoardLine[], mode: Direction | null): string | null {
  if (!isOnRecord(lines)) return 'No sidecar has this metric: the run cannot be ranked by it.';
  return mode === null ? 'Set its better direction first: its name does not tell.' : null;
}

function summary(subjects: readonly ShownSubject[]): string {
  const measured = subjects.filter(({ failed }) => failed === 0).length;
  const recorded = subjects.filter(({ unrecorded }) => unrecorded === null).length;
  const all = `${formatCount(measured)} of ${plural(subjects.length, 'version')} measured without a failure`;
  if (measured === 0) return all;
  if (recorded === 0) return `${all}; no sidecar has it`;
  if (recorded < measured) return `${all}; ${formatCount(recorded)} of their sidecars have it`;
  return `${all}; ${measured === 1 ? 'its sidecar has it' : 'their sidecars have it'}`;
}
