import type { ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

interface Props {
  list: VersionsSnapshot['list'];
  subject: ShownSubject;
}

/** A version that was measured, as the table calls it; by its file where it is gone since. */
export function SubjectName({ list, subject }: Props) {
  return <bdi title={visibleText(subject.id)}>{subjectLabel(list, subject)}</bdi>;
}

export function subjectLabel(
  list: Props['list'],
  { version, id }: Pick<ShownSubject, 'version' | 'id'>,
): string {
  return versionLabel(list.get(version) ?? { version: null, id });
}
