import type { NamedVersion } from '../../shared/ipc/writing-contract.ts';
import { missing } from '../format/format-number.ts';
import { listVersions } from '../format/list-versions.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

interface Props {
  /** The first of them. */
  named: readonly NamedVersion[];
  versionCount: number;
}

/** Which versions a record is about, in a line; their files on hover. */
export function NamedVersions({ named, versionCount }: Props) {
  return (
    <bdi className="record-dim" title={named.map(({ id }) => visibleText(id)).join('\n')}>
      {listVersions({ named, versionCount }) || missing}
    </bdi>
  );
}

/** The files of those versions, folded. */
export function NamedFiles({ named, versionCount }: Props) {
  if (named.length === 0) return null;
  return (
    <details className="record-files">
      <summary>Files</summary>
      <ul className="record-names" aria-label="Versions">
        {named.map(({ id }) => (
          <li key={id}>
            <bdi>{visibleText(id)}</bdi>
          </li>
        ))}
        {versionCount > named.length && <li>and {plural(versionCount - named.length, 'more', 'more')}</li>}
      </ul>
    </details>
  );
}
