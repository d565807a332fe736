import type { ContentsView } from '../../shared/model/contents-view.ts';
import { visibleText } from '../format/visible-text.ts';
import './plain-table.css';

/** Values that the file and its sidecar both have and do not agree on. */
export function Disagreements({ list }: { list: ContentsView['disagreements'] }) {
  if (list.length === 0) return null;
  return (
    <details className="json-section" open>
      <summary>The sidecar says otherwise</summary>
      <div className="plain-table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Value</th>
              <th scope="col">In the file</th>
              <th scope="col">In the sidecar</th>
            </tr>
          </thead>
          <tbody>
            {list.map(({ key, contents, sidecar }) => (
              <tr key={key}>
                <th scope="row">{visibleText(key)}</th>
                <td>{visibleText(JSON.stringify(contents))}</td>
                <td>{visibleText(JSON.stringify(sidecar))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
