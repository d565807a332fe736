import type { ContentsView } from '../../shared/model/contents-view.ts';
import { valueText } from '../format/value-text.ts';
import { visibleText } from '../format/visible-text.ts';
import { headCells, PlainTable } from './PlainTable.tsx';

/** Values that the file and its sidecar both have and do not agree on. */
export function Disagreements({ list }: { list: ContentsView['disagreements'] }) {
  if (list.length === 0) return null;
  return (
    <details className="json-section" open>
      <summary>The sidecar says otherwise</summary>
      <PlainTable label="Disagreements" head={headCells('Value', 'In the file', 'In the sidecar')}>
        <tbody>
          {list.map(({ key, contents, sidecar }) => (
            <tr key={key}>
              <th scope="row">{visibleText(key)}</th>
              <td>{quotedText(contents)}</td>
              <td>{quotedText(sidecar)}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </details>
  );
}

/** A text that reads like a number is told from it by its quotes. */
function quotedText(value: unknown): string {
  return typeof value === 'string' ? visibleText(JSON.stringify(value)) : valueText(value);
}
