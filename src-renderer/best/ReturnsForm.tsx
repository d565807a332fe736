import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ReturnFacts } from '../../shared/model/run-choices.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { draftOf, factsOf, faultsOf, type ReturnsDraft } from './returns-draft.ts';

interface Props {
  runId: string;
  returns: ReturnFacts;
  /** How many trials are taken for granted as long as nobody says otherwise. */
  trials: number | null;
  onDone: () => void;
}

const annualised = [
  { value: 'unsaid', label: 'not said' },
  { value: 'no', label: 'per period' },
  { value: 'yes', label: 'per year' },
];

/** What the figures of a Sharpe ratio need and no file says, asked once per run. */
export function ReturnsForm({ runId, returns, trials, onDone }: Props) {
  const [draft, setDraft] = useState(() => draftOf(returns));
  const { running, failure, run } = useAction();
  const faults = faultsOf(draft);
  const isSound = Object.values(faults).every((fault) => fault === null);
  const change = (part: Partial<ReturnsDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (isSound)
      run(
        () => window.cairn.request('describeReturns', { runId, returns: factsOf(draft) }),
        (_, isShown) => isShown && onDone(),
      );
  };
  return (
    <form
      className="returns-form"
      aria-label="Returns behind the Sharpe ratio"
      ref={focusFirst}
      onSubmit={save}
    >
      <p>Leave a field empty if you do not know it: nothing is assumed.</p>
      <Amount
        label="Returns measured"
        whole
        value={draft.periods}
        fault={faults.periods}
        onChange={(periods) => change({ periods })}
      />
      <NativeSelect
        size="xs"
        label="The Sharpe ratio is"
        data={annualised}
        value={draft.annualised}
        onChange={({ currentTarget }) =>
          change({ annualised: currentTarget.value as ReturnsDraft['annualised'] })
        }
      />
      {draft.annualised === 'yes' && (
        <Amount
          label="Periods a year"
          value={draft.perYear}
          fault={faults.perYear}
          onChange={(perYear) => change({ perYear })}
        />
      )}
      <Amount label="Skewness" value={draft.skewness} onChange={(skewness) => change({ skewness })} />
      <Amount
        label="Kurtosis"
        hint="3 if normal"
        value={draft.kurtosis}
        fault={faults.kurtosis}
        onChange={(kurtosis) => change({ kurtosis })}
      />
      <Amount
        label="Models tried"
        hint={trials === null ? undefined : `${trials}, the candidates`}
        whole
        value={draft.trials}
        fault={faults.trials}
        onChange={(tried) => change({ trials: tried })}
      />
      <DialogFailure failure={failure} />
      <div className="returns-actions">
        <Button type="submit" loading={running}>
          Keep
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** It opens below what is read: without this it might not be seen. */
function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector('input')?.focus();
  form?.scrollIntoView({ block: 'nearest' });
}

interface AmountProps {
  label: string;
  hint?: string | undefined;
  whole?: boolean;
  value: number | null;
  fault?: string | null;
  onChange: (value: number | null) => void;
}

function Amount({ label, hint, whole = false, value, fault = null, onChange }: AmountProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      placeholder={hint ?? 'not said'}
      max={1e9}
      clampBehavior="none"
      allowDecimal={!whole}
      allowedDecimalSeparators={['.', ',']}
      hideControls
      value={value ?? ''}
      error={fault}
      onChange={(given) => onChange(typeof given === 'number' ? given : null)}
    />
  );
}
