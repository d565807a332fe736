import type { ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

interface Props {
  list: VersionsSnapshot['list'];
  subject: ShownSubject;
}

/** A version that was measured, as the table calls it; by its file where it is gone since. */
export function SubjectName({ list, subject: { version, id } }: Props) {
  return <bdi title={visibleText(id)}>{versionLabel(list.get(version) ?? { version: null, id })}</bdi>;
}
