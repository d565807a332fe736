import { Button } from '@mantine/core';
import { useLayoutEffect, useMemo, useState } from 'react';
import type { ShownBenchmark } from '../../shared/ipc/benchmark-contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { Waiting } from '../dialogs/Waiting.tsx';
import { nameVersions } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { BenchmarkForm } from './BenchmarkForm.tsx';
import { BenchmarkProgress } from './BenchmarkProgress.tsx';
import { BenchmarkReview } from './BenchmarkReview.tsx';
import { emptyDraft } from './benchmark-draft.ts';
import { Leaderboard } from './Leaderboard.tsx';
import { subjectLabel } from './SubjectName.tsx';
import { type RunBenchmark, useBenchmark } from './useBenchmark.ts';
import { useEvaluator } from './useEvaluator.ts';
import './benchmark.css';

interface Props {
  runs: TableRuns;
  /** Of all of them. */
  list: VersionsSnapshot['list'];
  /** What is to be measured. */
  rows: readonly VersionRow[];
  opened: boolean;
  onClose: () => void;
}

export function BenchmarkDialog({ runs, list, rows, opened, onClose }: Props) {
  const present = useMemo(() => rows.filter(({ integrity }) => integrity.state !== 'missing'), [rows]);
  const named = useMemo(() => (present.length > 0 ? nameVersions(present) : null), [present]);
  // Results are of what was measured, whatever is chosen now.
  const [measured, setMeasured] = useState<string | null>(null);
  const title = ['Benchmark', measured ?? named].filter(Boolean).join(' ');
  return (
    <Dialog title={title} width={860} opened={opened} onClose={onClose}>
      <Benchmark runs={runs} list={list} rows={present} onMeasured={setMeasured} onClose={onClose} />
    </Dialog>
  );
}

interface ContentProps extends Omit<Props, 'opened'>, Pick<ResultProps, 'onMeasured'> {}

/** What is typed, then the words that will be run, then how far it is, then what came of it. */
function Benchmark({ runs, list, rows, onMeasured, onClose }: ContentProps) {
  const benchmark = useBenchmark(runs.ofAll(rows).map(({ runId }) => runId));
  const [draft, setDraft] = useState(emptyDraft);
  const [screen, setScreen] = useState<'form' | 'review' | 'result' | null>(null);
  const evaluator = useEvaluator(rows, draft);
  const { shown } = benchmark;
  // What goes on is shown at once, and stays on the screen when it is over.
  if (screen === null && shown?.state === 'running') setScreen('result');
  if (screen === 'result') {
    const parts = { runs, list, benchmark, onMeasured, onAnother: () => setScreen('form'), onClose };
    return <BenchmarkResult {...parts} />;
  }
  const { settings, read } = evaluator;
  if (screen === 'review' && settings && read)
    return (
      <BenchmarkReview
        rows={rows}
        settings={settings}
        read={read}
        benchmark={benchmark}
        onBack={() => {
          evaluator.askAgain();
          setScreen('form');
        }}
        onBegun={() => setScreen('result')}
      />
    );
  return (
    <BenchmarkForm
      runs={runs}
      rows={rows}
      draft={draft}
      evaluator={evaluator}
      onChange={setDraft}
      onReview={() => setScreen('review')}
    >
      {shown && (
        <Button variant="subtle" className="benchmark-last" onClick={() => setScreen('result')}>
          Last results
        </Button>
      )}
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
    </BenchmarkForm>
  );
}

interface ResultProps extends Pick<Props, 'runs' | 'list' | 'onClose'> {
  benchmark: RunBenchmark;
  /** Is told what the results are of; null once they are not shown any more. */
  onMeasured: (name: string | null) => void;
  onAnother: () => void;
}

function BenchmarkResult({ onMeasured, ...props }: ResultProps) {
  const { shown } = props.benchmark;
  const name = shown && nameSubjects(shown, props);
  useLayoutEffect(() => {
    onMeasured(name);
    return () => onMeasured(null);
  }, [onMeasured, name]);
  if (!shown)
    return (
      <Waiting waiting words="Starting…">
        {null}
      </Waiting>
    );
  return shown.state === 'done' ? (
    <Leaderboard {...props} shown={shown} />
  ) : (
    <BenchmarkProgress {...props} shown={shown} />
  );
}

function nameSubjects(
  { sums, subjects: [first] }: ShownBenchmark,
  { runs, list }: Pick<Props, 'runs' | 'list'>,
): string {
  return first && sums.versions === 1 ? subjectLabel(runs, list, first) : plural(sums.versions, 'version');
}
