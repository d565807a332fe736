import type { ReactNode } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatNumber } from '../format/format-number.ts';
import { kindLabel } from '../format/format-version.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { rankingWords } from '../table/ranking-words.ts';
import { entriesOf, scalarText, type VersionDetails } from './version-details.ts';

const sources: Record<VersionRow['metadata_source'], string> = {
  sidecar: 'a .json file beside it',
  file_name: 'its file name',
  contents: 'the file’s contents',
  none: 'nothing but the file',
};

interface Props {
  run: RunSummary;
  row: VersionRow;
  details: VersionDetails | null;
  /** The ids of versions whose files hold the same bytes. */
  same: readonly string[];
}

export function Facts({ run, row, details, same }: Props) {
  const facts = [...ofRow(run, row), ...ofSame(same), ...ofDetails(row, details)];
  return (
    <dl className="facts">
      {facts.map(([name, value, kind]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd data-kind={kind}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Fact = readonly [name: string, value: ReactNode, kind?: 'code'];

function ofRow(run: RunSummary, row: VersionRow): Fact[] {
  const roles = [row.is_best && `best by ${rankingWords(run.metric)}`, row.is_latest && 'latest'].filter(
    Boolean,
  );
  const { step, episode, timestamp, file_size_bytes: bytes } = row;
  return [
    ['Kind', [kindLabel(row.kind), ...roles].join(', ')],
    ...known('Step', step === null ? null : formatNumber(step, false)),
    ...known('Episode', episode === null ? null : formatNumber(episode, false)),
    ...(timestamp ? [['Time', <TimeText key="time" at={timestamp} />] as const] : []),
    ['Size', bytes < 1000 ? formatBytes(bytes) : `${formatBytes(bytes)} (${exactBytes(bytes)})`],
    ['Backups', formatNumber(row.backups, false)],
    ['Known from', sources[row.metadata_source]],
    ['File', visibleText(row.id), 'code'],
    ...known('Checksum', row.checksum, 'code'),
  ];
}

function ofSame(same: readonly string[]): Fact[] {
  return known('Same as', same.map(visibleText).join(', '), 'code');
}

function ofDetails(row: VersionRow, details: VersionDetails | null): Fact[] {
  const text = (key: string) => scalarText(details?.get(key));
  return [
    ...known('Symbol', text('symbol')),
    ...known('With it', companionNames(row.id, details?.get('companions')), 'code'),
    ...known('Full path', text('path'), 'code'),
  ];
}

/** So many files that go with a model are named: in a folder there may be thousands. */
const mostNamed = 8;

/** The files that go with a model, by their names beside it; null for none. */
function companionNames(id: string, companions: unknown): string | null {
  const folder = id.slice(0, id.lastIndexOf('/') + 1);
  const ids = entriesOf(companions).flatMap(([, each]) => (typeof each === 'string' ? each : []));
  if (ids.length === 0) return null;
  const named = ids
    .slice(0, mostNamed)
    .map((each) => (each.startsWith(folder) ? each.slice(folder.length) : each));
  const more = ids.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${formatNumber(more, false)} more` : named.join(', ');
}

function known(name: string, value: string | null, kind?: 'code'): Fact[] {
  if (!value) return [];
  return [kind ? [name, visibleText(value), kind] : [name, value]];
}
