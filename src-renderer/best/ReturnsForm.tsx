import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ReturnFacts } from '../../shared/model/run-choices.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { draftOf, factsOf, kurtosisFault, type ReturnsDraft } from './returns-draft.ts';

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
  const fault = kurtosisFault(draft);
  const change = (part: Partial<ReturnsDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (fault === null)
      run(() => window.cairn.request('describeReturns', { runId, returns: factsOf(draft) }), onDone);
  };
  return (
    <form
      className="returns-form"
      aria-label="Returns behind the Sharpe ratio"
      ref={focusFirst}
      onSubmit={save}
    >
      <p>Leave empty what you do not know: nothing is assumed.</p>
      <Amount
        label="Returns measured"
        least={2}
        whole
        value={draft.periods}
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
          least={0.01}
          value={draft.perYear}
          onChange={(perYear) => change({ perYear })}
        />
      )}
      <Amount
        label="Skewness"
        least={-1e6}
        value={draft.skewness}
        onChange={(skewness) => change({ skewness })}
      />
      <Amount
        label="Kurtosis"
        hint="3 for a normal distribution"
        least={1}
        value={draft.kurtosis}
        fault={fault}
        onChange={(kurtosis) => change({ kurtosis })}
      />
      <Amount
        label="Models tried"
        hint={trials === null ? undefined : `${trials}, the candidates`}
        least={1}
        whole
        value={draft.trials}
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
}

interface AmountProps {
  label: string;
  hint?: string | undefined;
  least: number;
  whole?: boolean;
  value: number | null;
  fault?: string | null;
  onChange: (value: number | null) => void;
}

function Amount({ label, hint, least, whole = false, value, fault = null, onChange }: AmountProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      placeholder={hint ?? 'not said'}
      min={least}
      max={1e9}
      clampBehavior="blur"
      allowDecimal={!whole}
      allowNegative={least < 0}
      hideControls
      value={value ?? ''}
      error={fault}
      onChange={(given) => onChange(typeof given === 'number' ? given : null)}
    />
  );
}
