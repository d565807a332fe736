import type { ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

interface Props {
  runs: TableRuns;
  list: VersionsSnapshot['list'];
  subject: ShownSubject;
}

/** A version that was measured, as the table calls it; by its file where it is gone since. Of several runs it is led by its run. */
export function SubjectName({ runs, list, subject }: Props) {
  return <bdi title={visibleText(subject.id)}>{subjectLabel(runs, list, subject)}</bdi>;
}

export function subjectLabel(
  runs: TableRuns,
  list: Props['list'],
  { runId, version, id }: Pick<ShownSubject, 'runId' | 'version' | 'id'>,
): string {
  const label = versionLabel(list.get(version) ?? { version: null, id });
  return runs.areSeveral ? `${runs.nameOf({ runId })} · ${label}` : label;
}
