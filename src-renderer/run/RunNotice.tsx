import { Button } from '@mantine/core';
import type { RunSummary } from '../../shared/model/run.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import { watchWords } from '../status/watch-words.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { Notice } from './Notice.tsx';
import { NoVersions } from './NoVersions.tsx';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
}

/** What stands where the rows of a run would be when there are none, and what to do about it. */
export function RunNotice({ run, store, snapshot }: Props) {
  return (
    <NoVersions store={store} snapshot={snapshot} isReading={run.loading}>
      {run.watch.state === 'gone' ? <Gone run={run} /> : <Empty run={run} />}
    </NoVersions>
  );
}

function Gone({ run }: { run: RunSummary }) {
  return (
    <Notice title="The folder is gone">
      {watchWords(run.watch)}. The versions will be back as soon as the folder is.
    </Notice>
  );
}

function Empty({ run: { runId, config, watch } }: { run: RunSummary }) {
  const session = useSession();
  const search = (
    <Button variant="default" onClick={() => void session.searchBelowRun(runId)}>
      Look for runs in this folder
    </Button>
  );
  return (
    <Notice title="No versions yet" action={search}>
      Cairn looked in <code>{visibleText(config.best_models_dir)}</code> and{' '}
      <code>{visibleText(config.checkpoint_dir)}</code>.{' '}
      {watch.state === 'off'
        ? 'Open the folder again after something was saved.'
        : 'The first version will appear here as soon as it is saved.'}
    </Notice>
  );
}
