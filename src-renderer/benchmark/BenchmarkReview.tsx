import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { headCells, PlainTable } from '../contents/PlainTable.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { nameVersions } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { byRun, handlesOf } from '../versions/by-run.ts';
import type { BenchmarkSettings } from './benchmark-draft.ts';
import type { RunBenchmark } from './useBenchmark.ts';
import type { ReadEvaluator } from './useEvaluator.ts';

interface Props {
  rows: readonly VersionRow[];
  settings: BenchmarkSettings;
  read: ReadEvaluator;
  benchmark: RunBenchmark;
  onBack: () => void;
  onBegun: () => void;
}

/** The words that will be run, one by one, to be confirmed. */
export function BenchmarkReview({ rows, settings, read, benchmark, onBack, onBegun }: Props) {
  // Of this look at the words alone: whoever comes back sees them anew.
  const [refused, setRefused] = useState<Failure | null>(null);
  const words = useRef<HTMLElement>(null);
  // Not the button: whoever holds Enter down in the form must not run anything by it.
  useEffect(() => words.current?.focus(), []);
  const { seeds, jobs, timeout, retries } = settings;
  const count = plural(rows.length * seeds.length, 'evaluation');
  const run = () => {
    const parts = Array.from(byRun(rows), ([runId, own]) => ({ runId, versions: handlesOf(own) }));
    const order = { parts, words: read.words, ...settings };
    setRefused(null);
    benchmark.start(order, onBegun, setRefused);
  };
  return (
    <>
      <p className="dialog-summary" role="status">
        {count}: {nameVersions(rows)}, {seedWords(seeds)}
      </p>
      <p className="dialog-hint">
        Cairn runs exactly this command, with your permissions and environment, each time in an empty folder
        of its own. The first time, your system asks once more. Files that you named are those in{' '}
        <bdi>{visibleText(read.here)}</bdi>.
      </p>
      <PlainTable
        label="Command to run"
        className="benchmark-words"
        ref={words}
        head={headCells('Word', 'Runs as', 'The first time')}
      >
        <tbody>
          {read.words.map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is told by its place
            <tr key={index}>
              <td className="number">{index + 1}</td>
              <td>
                <code>{visibleText(word)}</code>
              </td>
              <td>{read.first[index] !== word && <code>{visibleText(read.first[index] ?? '')}</code>}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <p className="dialog-hint">
        {plural(jobs, 'evaluation')} at once, {plural(timeout, 'second')} each at most,{' '}
        {retries === 0
          ? 'not tried again when one fails'
          : `tried ${plural(retries, 'time')} more when one fails`}
        .{!settings.again && ' What is on record for the same file, command and seed is not run again.'}
      </p>
      <DialogFailure failure={refused} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button loading={benchmark.starting} onClick={run}>
          Run {count}
        </Button>
      </div>
    </>
  );
}

/** So many seeds are named. */
const named = 10;

function seedWords(seeds: readonly number[]): string {
  const [first = 0] = seeds;
  if (seeds.length === 1) return `seed ${first}`;
  const last = seeds.at(-1) ?? 0;
  if (seeds.every((seed, index) => seed === first + index)) return `seeds ${first} to ${last}`;
  const more = seeds.length > named ? ` and ${plural(seeds.length - named, 'other')}` : '';
  return `seeds ${seeds.slice(0, named).join(', ')}${more}`;
}
