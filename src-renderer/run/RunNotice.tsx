import { Button } from '@mantine/core';
import { useCallback } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import { watchWords } from '../status/watch-words.ts';
import { sumWords } from '../trash/trash-words.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { Notice } from './Notice.tsx';
import { NoVersions } from './NoVersions.tsx';
import type { RunActions } from './useRunActions.ts';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  actions: Pick<RunActions, 'show'>;
}

/** What stands where the rows of a run would be when there are none, and what to do about it. */
export function RunNotice({ run, store, snapshot, actions }: Props) {
  return (
    <NoVersions store={store} snapshot={snapshot} isReading={run.loading}>
      {run.watch.state === 'gone' ? <Gone run={run} /> : <Empty run={run} actions={actions} />}
    </NoVersions>
  );
}

function Gone({ run }: { run: RunSummary }) {
  return (
    <Notice title="The folder is gone">
      {watchWords(run)}. The versions will be back as soon as the folder is.
    </Notice>
  );
}

function Empty({ run, actions }: Pick<Props, 'run' | 'actions'>) {
  const { runId } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the run may change its trash
  const ask = useCallback(() => window.cairn.request('listTrash', { runId }), [run]);
  const operations = useAnswer(ask).value?.operations ?? [];
  return operations.length === 0 ? (
    <NothingSaved run={run} />
  ) : (
    <Notice
      title="No version is left"
      action={
        <Button variant="default" onClick={() => actions.show('trash')}>
          Show the trash
        </Button>
      }
    >
      What there was waits in the trash and can be brought back: {sumWords(operations)}.
    </Notice>
  );
}

function NothingSaved({ run: { runId, config, watch } }: { run: RunSummary }) {
  const session = useSession();
  const search = (
    <Button variant="default" onClick={() => void session.searchBelowRun(runId)}>
      Search this folder for runs
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
