import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { ChangeList } from '../dialogs/ChangeList.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { Waiting } from '../dialogs/Waiting.tsx';
import { formatCount } from '../format/format-number.ts';
import { bestBadge } from '../table/columns.ts';
import type { RunSnapshot } from '../versions/run-store.ts';
import { ownRules } from './prune-rules.ts';
import { planChanges, planSentence } from './prune-words.ts';
import { RulesForm } from './RulesForm.tsx';
import { usePrunePlan } from './usePrunePlan.ts';
import { usePruning } from './usePruning.ts';
import './prune.css';

interface Props {
  run: RunSummary;
  snapshot: RunSnapshot;
  opened: boolean;
  onClose: () => void;
}

export function PruneDialog({ run, snapshot, opened, onClose }: Props) {
  return (
    <Dialog title="Prune" opened={opened} onClose={onClose}>
      <Prune run={run} snapshot={snapshot} onClose={onClose} />
    </Dialog>
  );
}

/** Rules, what they come to at once, and the way to do it. */
function Prune({ run, snapshot: { list, total }, onClose }: Omit<Props, 'opened'>) {
  const { runId, metric } = run;
  const [rules, setRules] = useState(() => ownRules(run.config));
  const { plan, failure, waiting, askAgain } = usePrunePlan(runId, rules, total);
  const changes = useMemo(() => (plan ? planChanges(plan.versions, list) : []), [plan, list]);
  const { action, prune } = usePruning(runId, onClose, askAgain);
  const removed = plan?.removed ?? 0;
  return (
    <>
      <RulesForm rules={rules} onChange={setRules} />
      <p className="dialog-hint">
        Best by <b>{bestBadge(metric)}</b>, {metric.mode === 'max' ? 'higher' : 'lower'} is better. The best,
        the newest, pinned and linked versions stay whatever the rules.
      </p>
      <Waiting waiting={waiting} words="Reading the versions that would stay…">
        {plan &&
          planSentence({ removed, total: plan.versions.length, bytes: plan.bytes, atMost: plan.atMost })}
      </Waiting>
      {changes.length > 0 && <ChangeList label="The plan" changes={changes} stale={waiting} />}
      <DialogFailure failure={action.failure ?? failure} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={waiting || failure !== null || removed === 0}
          loading={action.running}
          onClick={() => plan && prune(rules, plan.plan)}
        >
          {removed === 0 ? 'Move to trash' : `Move ${formatCount(removed)} to trash`}
        </Button>
      </div>
    </>
  );
}
