import type { ContentsView } from '../../shared/model/contents-view.ts';
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
              <td>{visibleText(JSON.stringify(contents))}</td>
              <td>{visibleText(JSON.stringify(sidecar))}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </details>
  );
}
