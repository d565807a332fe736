import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { visibleText } from '../format/visible-text.ts';

export function WorkspaceHeader({ workspace: { name, folder, state } }: { workspace: WorkspaceSummary }) {
  return (
    <header className="run-header">
      <h1>
        <bdi>{visibleText(name)}</bdi>
      </h1>
      <bdi className="run-folder" title={visibleText(folder)}>
        {visibleText(folder)}
        {state === 'gone' && <b> is gone: this is what was last known of it</b>}
      </bdi>
    </header>
  );
}
