import type { Backup, LogLine, NamedVersion, Reach } from '../../shared/ipc/writing-contract.ts';
import { backupName } from '../backups/backup-words.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { missing } from '../format/format-number.ts';
import { formatTimestamp } from '../format/format-time.ts';
import { listVersions } from '../format/list-versions.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { commandWords } from '../history/history-words.ts';
import type { Flag } from '../plot/flags.ts';
import type { ChartColumn } from './ChartTable.tsx';
import { type ChartMeasure, clockMilliseconds } from './chart-measures.ts';

/** A backup or a prune, as the run has it on record. */
export interface Milestone {
  kind: 'backup' | 'prune';
  /** ISO 8601. */
  at: string;
  what: string;
  versionCount: number;
  /** Its first versions. */
  named: NamedVersion[];
  bytes: number | null;
  who: string | null;
  /** What the backup is called; null where nobody says. */
  label: string | null;
  reach: Reach;
  /** The run that it is of, where there are several. */
  run: string | null;
}

const prunes: ReadonlySet<string> = new Set(['prune', 'prune (retention)']);

/** Backups and prunes that were done, the oldest first: those of the log, and backups that the log does not know. */
export function milestonesOf(lines: readonly LogLine[], backups: readonly Backup[]): Milestone[] {
  const made = backups.filter(({ state }) => state !== 'unrecorded');
  const left = new Set(made.map((backup) => ({ backup, begun: Date.parse(backup.at) })));
  const logged = lines.flatMap((line) => {
    if (line.result !== 'done') return [];
    const found = line.command === 'backup' ? [...left].find(({ begun }) => isOf(line, begun)) : undefined;
    if (found) left.delete(found);
    return milestoneOf(line, found?.backup);
  });
  return [...logged, ...Array.from(left, ({ backup }) => unlogged(backup))]
    .filter(({ versionCount }) => versionCount > 0)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** A backup says when it was begun, its line in the log when it was done. */
function isOf({ at, seconds }: LogLine, begun: number): boolean {
  const before = Date.parse(at) - begun;
  return before >= 0 && before <= 1000 * (seconds + 1);
}

function milestoneOf(line: LogLine, backup: Backup | undefined): Milestone[] {
  const { at, command, versionCount, named, bytes, who, reach } = line;
  const common = { at, versionCount, named, bytes, who, reach, label: null, run: null };
  if (command === 'backup')
    return [
      { ...common, kind: 'backup', what: commandWords(command), label: backup ? labelOf(backup) : null },
    ];
  if (!prunes.has(command)) return [];
  return [{ ...common, kind: 'prune', what: commandWords(command) }];
}

function unlogged(backup: Backup): Milestone {
  const { at, versionCount, named, bytes, reach } = backup;
  const label = labelOf(backup);
  return {
    kind: 'backup',
    at,
    what: commandWords('backup'),
    versionCount,
    named,
    bytes,
    who: null,
    label,
    reach,
    run: null,
  };
}

/** That somebody made it by hand, without a label, is nothing to tell it by. */
function labelOf(backup: Backup): string | null {
  return backup.label === null && backup.reason === 'by hand' ? null : backupName(backup);
}

/** Where on an axis it belongs: by its own time, else by the versions that it is about; null where nothing tells. */
function placeOf({ at, reach }: Milestone, over: Pick<ChartMeasure, 'id'>): number | null {
  if (over.id === 'time') return clockMilliseconds(at);
  const places = new Map<string, number | null>(Object.entries(reach));
  return places.get(over.id) ?? null;
}

/** Those that have a place on an axis, as they stand there. */
export function flagsOver(milestones: readonly Milestone[], over: ChartMeasure): Flag[] {
  return milestones.flatMap((milestone) => {
    const at = placeOf(milestone, over);
    return at === null ? [] : [flagOf(milestone, at)];
  });
}

function whatIn({ run, what }: Milestone): string {
  return run === null ? what : `${run} · ${what}`;
}

function flagOf(milestone: Milestone, at: number): Flag {
  const { kind, versionCount, bytes, who, label } = milestone;
  const what = whatIn(milestone);
  const when = formatTimestamp(milestone.at);
  const count = plural(versionCount, 'version');
  const facts: [string, string | null][] = [
    ['When', when],
    ['Label', label],
    ['Versions', listVersions(milestone) || count],
    ['Size', bytes === null ? null : formatBytes(bytes)],
    ['By', who === null ? null : visibleText(who)],
  ];
  return {
    at,
    sign: kind === 'backup' ? 'square' : 'triangle',
    words: {
      title: `${what}: ${count}`,
      facts: facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
    },
    brief: [when, `${what}: ${count}`],
  };
}

/** How many of each kind there are, in words; null for none. */
export function countMilestones(milestones: readonly Milestone[]): Record<Milestone['kind'], string | null> {
  const count = (wanted: Milestone['kind']) => {
    const { length } = milestones.filter(({ kind }) => kind === wanted);
    return length > 0 ? plural(length, wanted) : null;
  };
  return { backup: count('backup'), prune: count('prune') };
}

/** What was done as rows of a table, each by its place among these. */
export function milestoneColumns(milestones: readonly Milestone[], over: ChartMeasure): ChartColumn[] {
  const column = (label: string, textOf: (milestone: Milestone) => string): ChartColumn => ({
    label,
    align: 'left',
    text: (index) => textOf(milestones[index] as Milestone),
  });
  const place = column(over.label, (milestone) => {
    const at = placeOf(milestone, over);
    return at === null ? missing : over.format(at);
  });
  return [
    column('When', ({ at }) => formatTimestamp(at)),
    column('What', (milestone) => [whatIn(milestone), milestone.label ?? []].flat().join(' · ')),
    column('Versions', (milestone) => listVersions(milestone) || plural(milestone.versionCount, 'version')),
    ...(over.id === 'time' ? [] : [place]),
  ];
}
