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
  const title = filter.onlyProblems && text === '' ? 'No version has a problem' : 'Nothing matches';
  const clear = (
    <Button variant="default" onClick={onClear}>
      Show all versions
    </Button>
  );
  return (
    <Notice title={title} action={clear}>
      {text === ''
        ? 'As far as they have been checked, all are whole.'
        : `No version matches “${visibleText(text)}”.`}
    </Notice>
  );
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
