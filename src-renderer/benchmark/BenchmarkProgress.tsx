import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ShownBenchmark, ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { mostListed } from '../../shared/model/benchmark.ts';
import { headCells, PlainTable } from '../contents/PlainTable.tsx';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { OtherVersions } from './OtherVersions.tsx';
import { SubjectName } from './SubjectName.tsx';
import type { RunBenchmark } from './useBenchmark.ts';

interface Props {
  benchmark: RunBenchmark;
  runs: TableRuns;
  list: VersionsSnapshot['list'];
  shown: ShownBenchmark;
  onAnother: () => void;
  onClose: () => void;
}

/** How far each version is; or how far it came, where it did not come to an end. */
export function BenchmarkProgress({ benchmark, runs, list, shown, onAnother, onClose }: Props) {
  const { command, seeds, state, message, sums, subjects } = shown;
  const isRunning = state === 'running';
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <>
      <p className="dialog-summary" role="status">
        {stateWords(shown)}
      </p>
      <p className="benchmark-help">
        <code>{visibleText(command)}</code>
      </p>
      {benchmark.task && <TaskBar task={benchmark.task} onCancel={benchmark.cancel} />}
      <PlainTable
        label="Versions that are measured"
        className="benchmark-progress"
        head={headCells('Version', { number: 'Done' }, { number: 'Failed' }, 'Latest failure')}
      >
        <tbody>
          {subjects.slice(0, mostListed).map((subject) => (
            <ProgressLine
              key={subject.version}
              subject={subject}
              runs={runs}
              list={list}
              seeds={seeds.length}
            />
          ))}
        </tbody>
      </PlainTable>
      <OtherVersions all={sums.versions} />
      {message !== null && <p className="dialog-failure">{visibleText(message)}</p>}
      {!isRunning && (
        <p className="dialog-hint">
          Finished measurements are recorded: run the same command again to continue from there.
        </p>
      )}
      <div className="dialog-foot">
        {!isRunning && (
          <Button variant="default" onClick={onAnother}>
            Back to the command
          </Button>
        )}
        <Button ref={close} variant="default" onClick={onClose}>
          {isRunning ? 'Go on in the background' : 'Close'}
        </Button>
      </div>
    </>
  );
}

function ProgressLine({
  subject,
  runs,
  list,
  seeds,
}: {
  subject: ShownSubject;
  runs: TableRuns;
  list: Props['list'];
  seeds: number;
}) {
  const { done, failed, failure } = subject;
  return (
    <tr data-subject={subject.id} data-run={runs.nameOf(subject)}>
      <td>
        <SubjectName runs={runs} list={list} subject={subject} />
      </td>
      <td className="number">
        {formatCount(done)} of {formatCount(seeds)}
      </td>
      <td className="number" data-failed={failed > 0 || undefined}>
        {formatCount(failed)}
      </td>
      <td className="benchmark-failure" title={failure === null ? undefined : visibleText(failure)}>
        <span>{failure !== null && visibleText(failure)}</span>
      </td>
    </tr>
  );
}

function stateWords({ state, seeds, sums: { versions, done, failed } }: ShownBenchmark): string {
  const far = `${formatCount(done)} of ${plural(versions * seeds.length, 'evaluation')} done`;
  const words = failed === 0 ? far : `${far}, ${formatCount(failed)} failed`;
  if (state === 'running') return words;
  return `${state === 'cancelled' ? 'Stopped' : 'It failed'}: ${words}`;
}
