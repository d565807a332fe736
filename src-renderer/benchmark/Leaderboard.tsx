import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ShownBenchmark } from '../../shared/ipc/benchmark-contract.ts';
import { directionOf, isSameMetric } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { directionWord } from '../best/metric-lines.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { BoardTable } from './BoardTable.tsx';
import { boardLines, measuredMetrics } from './leaderboard.ts';

interface Props {
  run: RunSummary;
  list: VersionsSnapshot['list'];
  shown: ShownBenchmark;
  onAnother: () => void;
  onClose: () => void;
}

/** What a benchmark found: the versions in order, by a metric of it that can become the run's. */
export function Leaderboard({ run, list, shown, onAnother, onClose }: Props) {
  const { subjects, command, notices } = shown;
  const names = measuredMetrics(subjects);
  const [chosen, setChosen] = useState(names[0] ?? '');
  const recorded = `bench_${chosen}`;
  const mode = directionOf(recorded, run);
  const lines = useMemo(() => boardLines(subjects, chosen, mode), [subjects, chosen, mode]);
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus(), []);
  const turn = () => {
    const other = mode === 'max' ? 'min' : 'max';
    void valueOrNotice(
      window.cairn.request('setDirection', { runId: run.runId, metric: recorded, mode: other }),
    );
  };
  return (
    <>
      <p className="dialog-summary" role="status">
        {summary(shown)}
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
          <button
            type="button"
            className="metric-direction"
            aria-label={`${mode === 'max' ? 'Larger' : 'Smaller'} is better, turn round`}
            onClick={turn}
          >
            {directionWord(mode)}
          </button>
          <UseMetric run={run} shown={shown} name={recorded} />
        </div>
      )}
      <BoardTable lines={lines} list={list} seeds={shown.seeds.length} />
      {names.length > 0 && (
        <p className="dialog-hint">
          Means over the seeds, with the interval that holds the true mean with 95 % confidence. Differences
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

/** Best by benchmark: from then on the run is ranked by what was measured. */
function UseMetric({ run, shown, name }: { run: RunSummary; shown: ShownBenchmark; name: string }) {
  if (isSameMetric(run.metric.name, name))
    return <span className="dialog-hint">The best of this run is told by it.</span>;
  const isRecorded = shown.subjects.some(({ unrecorded }) => unrecorded === null);
  const use = () =>
    void valueOrNotice(window.cairn.request('chooseMetric', { runId: run.runId, metric: name }));
  return (
    <ReasonButton
      size="xs"
      variant="default"
      why={isRecorded ? null : 'No sidecar has what was measured: the run cannot be ranked by it.'}
      onClick={use}
    >
      Use as the metric of this run
    </ReasonButton>
  );
}

function summary({ subjects }: ShownBenchmark): string {
  const measured = subjects.filter(({ failed }) => failed === 0).length;
  const recorded = subjects.filter(({ unrecorded }) => unrecorded === null).length;
  const all = `${formatCount(measured)} of ${plural(subjects.length, 'version')} measured without a failure`;
  if (measured === 0) return all;
  if (recorded === 0) return `${all}; no sidecar has it`;
  return `${all}; ${recorded === measured ? 'their' : `${formatCount(recorded)} of their`} sidecars have it`;
}
