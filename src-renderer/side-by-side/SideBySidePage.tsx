import { Button, Switch, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { knownDirection } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { plural } from '../format/plural.ts';
import { Notice } from '../run/Notice.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { compareRecords } from './comparison.ts';
import { NothingToCompare } from './NothingToCompare.tsx';
import { SideBySideTable } from './SideBySideTable.tsx';
import { shownLines } from './shown-lines.ts';
import { useComparedVersions } from './useComparedVersions.ts';
import './side-by-side.css';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
}

/** A whole run may be chosen at a press of two keys. */
const mostCompared = 64;

/** The chosen versions side by side: metrics against a baseline, progress, training state, config. */
export function SideBySidePage({ run, store, snapshot, actions }: Props) {
  const { list, choice } = snapshot;
  const chosen = useStableRows([...choice.chosen].flatMap((handle) => list.get(handle) ?? []));
  if (chosen.length < 2) return <NothingToCompare store={store} snapshot={snapshot} />;
  if (chosen.length > mostCompared)
    return (
      <Notice title={`${plural(chosen.length, 'version')} are too many to stand side by side`}>
        Choose {mostCompared} or fewer: each gets a column, and its whole record is read.
      </Notice>
    );
  return <SideBySide run={run} store={store} rows={chosen} actions={actions} />;
}

interface Compared {
  run: RunSummary;
  store: RunStore;
  rows: readonly VersionRow[];
  actions: RunActions;
}

function SideBySide({ run, store, rows, actions }: Compared) {
  const [differencesOnly, setDifferencesOnly] = useState(true);
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState<number | null>(null);
  const versions = useComparedVersions(run.runId, rows);
  const { metric, choices } = run;
  const sections = useMemo(
    () => compareRecords(versions, (name) => knownDirection(name, { metric, choices })),
    [versions, metric, choices],
  );
  const lines = useMemo(
    () => shownLines(sections, { differencesOnly, words }),
    [sections, differencesOnly, words],
  );
  const baseline = baselineOf(rows, asked);
  return (
    <div className="side-by-side">
      <div className="side-tools" role="toolbar" aria-label="Side by side">
        <TextInput
          size="xs"
          aria-label="Find a value by its name"
          placeholder="Find a value"
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <Switch
          size="xs"
          label="Differences only"
          checked={differencesOnly}
          onChange={({ currentTarget }) => setDifferencesOnly(currentTarget.checked)}
        />
        <span className="side-count">{plural(rows.length, 'version')}</span>
        <span className="toolbar-space" />
        <Button variant="default" onClick={() => actions.show('versions')}>
          Choose others
        </Button>
      </div>
      <SideBySideTable
        rows={rows}
        lines={lines}
        baseline={baseline}
        onBaseline={(place) => setAsked(rows[place]?.handle ?? null)}
        onRemove={(row) => store.toggle(row.handle)}
        onWeights={(row) => actions.open('compare', [row, ...rows.slice(baseline, baseline + 1)])}
      />
    </div>
  );
}

/** The place of the version that the others are held against: the one that was asked for, else the best, else the first. */
function baselineOf(rows: readonly VersionRow[], asked: number | null): number {
  const place = rows.findIndex(({ handle }) => handle === asked);
  const best = rows.findIndex(({ is_best }) => is_best);
  return place >= 0 ? place : Math.max(best, 0);
}

/** The same array as long as its rows are the same. */
function useStableRows(rows: readonly VersionRow[]): readonly VersionRow[] {
  const [kept, keep] = useState(rows);
  const isSame = kept.length === rows.length && kept.every((row, index) => row === rows[index]);
  if (!isSame) keep(rows);
  return isSame ? kept : rows;
}
