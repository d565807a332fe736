import { Button, Checkbox, Menu, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useMemo } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { usePreferences } from '../app/usePreferences.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { CountInput } from '../dialogs/CountInput.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { useSession } from '../session/useSession.ts';
import { byRun } from '../versions/by-run.ts';
import { type BenchmarkDraft, benchmarkCall, idsInLine, seedsFault } from './benchmark-draft.ts';
import { ReadOnlyHint } from './ReadOnlyHint.tsx';
import type { TypedEvaluator } from './useEvaluator.ts';

interface Props {
  runs: TableRuns;
  rows: readonly VersionRow[];
  draft: BenchmarkDraft;
  evaluator: TypedEvaluator;
  onChange: (draft: BenchmarkDraft) => void;
  onReview: () => void;
  /** Buttons before the one that goes on. */
  children: ReactNode;
}

/** Asks for the command and how often it is run; nothing is run from here. */
export function BenchmarkForm({ runs, rows, draft, evaluator, onChange, onReview, children }: Props) {
  const { read, settings, failure } = evaluator;
  const parts = useNamedParts(runs, rows);
  const change = (changed: Partial<BenchmarkDraft>) => onChange({ ...draft, ...changed });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (settings) onReview();
  };
  if (rows.length === 0)
    return (
      <>
        <p className="dialog-hint">There is no version with a file to measure.</p>
        <div className="dialog-foot">{children}</div>
      </>
    );
  return (
    <form className="benchmark" onSubmit={submit}>
      <p className="dialog-hint">
        Measures {plural(rows.length, 'version')} with a program of yours, once for each seed. It prints its
        metrics as a JSON object in its last line, such as {'{"sharpe": 1.4}'}.
      </p>
      <CommandField draft={draft} evaluator={evaluator} onChange={(command) => change({ command })} />
      <p className="benchmark-help">
        <code>{'{model}'}</code> stands for the version’s file, <code>{'{seed}'}</code> for the seed,{' '}
        <code>{'{episodes}'}</code> for how many, <code>{'{run}'}</code> for the run’s folder,{' '}
        <code>{'{id}'}</code> for the version’s name, <code>{'{here}'}</code> for the folder where files that
        you name are looked for
        {read && (
          <>
            : <bdi>{visibleText(read.here)}</bdi>
          </>
        )}
        . No shell sees the command.
      </p>
      <div className="benchmark-fields">
        <SeedsField seeds={draft.seeds} versions={rows.length} onChange={(seeds) => change({ seeds })} />
        {read?.names.includes('episodes') && (
          <CountInput
            label="Episodes"
            least={1}
            most={1e9}
            value={draft.episodes}
            onChange={(episodes) => change({ episodes })}
          />
        )}
        <CountInput
          label="At once"
          least={1}
          most={256}
          value={draft.jobs}
          onChange={(jobs) => change({ jobs })}
        />
        <CountInput
          label="Time limit"
          suffix=" s"
          least={1}
          most={2_000_000}
          value={draft.timeout}
          onChange={(timeout) => change({ timeout })}
        />
        <CountInput
          label="Retries"
          least={0}
          most={100}
          value={draft.retries}
          onChange={(retries) => change({ retries })}
        />
      </div>
      <Checkbox
        size="xs"
        label="Measure again what is already recorded"
        checked={draft.again}
        onChange={({ currentTarget }) => change({ again: currentTarget.checked })}
      />
      <ReadOnlyHint runs={runs} rows={rows} />
      {settings && (
        <CommandLine calls={parts.map(({ folder, ids }) => benchmarkCall(folder, ids, settings))} />
      )}
      <DialogFailure failure={failure} />
      <div className="dialog-foot">
        {children}
        <Button type="submit" disabled={settings === null}>
          Review…
        </Button>
      </div>
    </form>
  );
}

/** What a line for the command line names, of each run where it can be named. */
function useNamedParts(
  runs: TableRuns,
  rows: readonly VersionRow[],
): { folder: string; ids: readonly string[] }[] {
  const session = useSession();
  return useMemo(
    () =>
      Array.from(byRun(rows), ([runId, own]) => {
        const { list } = session.storeOf(runId).snapshot();
        const ids = idsInLine(own, list.total - (list.counts().get('missing') ?? 0));
        const folder = runs.all.find((run) => run.runId === runId)?.folder;
        return ids && folder !== undefined ? [{ folder, ids }] : [];
      }).flat(),
    [runs, rows, session],
  );
}

interface CommandProps {
  draft: BenchmarkDraft;
  evaluator: TypedEvaluator;
  onChange: (command: string) => void;
}

/** What was typed before is offered: it comes from what this app remembers of its user, never from a run. */
function CommandField({ draft: { command }, evaluator: { read }, onChange }: CommandProps) {
  const { evaluators } = usePreferences();
  const fault = command.trim() === '' ? null : (read?.fault ?? null);
  return (
    <div className="benchmark-command">
      <TextInput
        size="xs"
        label="Evaluator"
        placeholder="python eval.py {model} --seed {seed}"
        classNames={{ input: 'benchmark-typed' }}
        maxLength={10_000}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        error={fault === null ? null : visibleText(fault)}
        value={command}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {evaluators.length > 0 && (
        <Menu position="bottom-end" width={520} shadow="md" transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconHistory size={15} stroke={1.75} />}>
              Earlier commands
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {evaluators.map((typed) => (
              <Menu.Item key={typed} className="benchmark-offer" onClick={() => onChange(typed)}>
                {visibleText(typed)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

interface SeedsProps {
  seeds: string;
  versions: number;
  onChange: (seeds: string) => void;
}

function SeedsField({ seeds, versions, onChange }: SeedsProps) {
  return (
    <TextInput
      size="xs"
      label="Seeds"
      title="How many, from seed 0; or the seeds themselves: 7,11"
      autoComplete="off"
      error={seedsFault(seeds, versions)}
      value={seeds}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
