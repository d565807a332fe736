import { Button, Loader } from '@mantine/core';
import { type Failure, nextStep } from '../../shared/failure.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';
import { watchWords } from '../status/watch-words.ts';
import { type RowFilter, showAll } from '../versions/filter-rows.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { Notice } from './Notice.tsx';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: RunSnapshot;
}

/** What stands where the rows would be when there are none, and what to do about it. */
export function RunNotice({ run, store, snapshot: { shown, total, loading, failure, filter } }: Props) {
  if (shown.length > 0) return null;
  if (failure) return <Unreadable failure={failure} onRetry={() => void store.load()} />;
  if (loading || (run.loading && total === 0)) return <Reading />;
  if (total > 0) return <NothingMatches filter={filter} onClear={() => store.setFilter(showAll)} />;
  return run.watch.state === 'gone' ? <Gone run={run} /> : <Empty run={run} />;
}

function Reading() {
  return (
    <div className="notice notice-late" role="status">
      <Loader size={22} />
      <p>Reading the run…</p>
    </div>
  );
}

function Unreadable({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <Notice title="This run cannot be read" action={<Button onClick={onRetry}>Try again</Button>}>
      {visibleText(failure.message)} {nextStep(failure.code)}
    </Notice>
  );
}

function NothingMatches({ filter, onClear }: { filter: RowFilter; onClear: () => void }) {
  const text = filter.text.trim();
  const isWhole = filter.onlyProblems && text === '' && filter.ranges.length === 0;
  const clear = (
    <Button variant="default" onClick={onClear}>
      Show all versions
    </Button>
  );
  return (
    <Notice title={isWhole ? 'No version has a problem' : 'Nothing matches'} action={clear}>
      {isWhole ? 'As far as they have been checked, all are whole.' : whyNothing(text, filter)}
    </Notice>
  );
}

function whyNothing(text: string, { ranges }: RowFilter): string {
  const within =
    ranges.length > 0 ? ` lies within ${ranges.map(({ measure }) => measure.label).join(', ')}` : '';
  const asked = text === '' ? '' : ` is what “${visibleText(text)}” asks for`;
  return `No version${asked}${asked && within && ' and'}${within}.`;
}

function Gone({ run }: { run: RunSummary }) {
  return (
    <Notice title="The folder is gone">
      {watchWords(run.watch)}. The versions will be back as soon as the folder is.
    </Notice>
  );
}

function Empty({ run: { config, watch } }: { run: RunSummary }) {
  return (
    <Notice title="No versions yet">
      Cairn looked in <code>{visibleText(config.best_models_dir)}</code> and{' '}
      <code>{visibleText(config.checkpoint_dir)}</code>.{' '}
      {watch.state === 'off'
        ? 'Open the folder again after something was saved.'
        : 'The first version will appear here as soon as it is saved.'}
    </Notice>
  );
}
