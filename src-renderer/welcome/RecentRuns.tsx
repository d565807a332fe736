import { Button } from '@mantine/core';
import type { Recent } from '../../shared/ipc/contract.ts';
import { formatAge } from '../format/format-time.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';

export function RecentRuns({ recents }: { recents: readonly Recent[] }) {
  return (
    <section className="recents" aria-label="Recent runs">
      <h2>Recent runs</h2>
      {recents.length === 0 ? (
        <p className="recents-none">The runs you open will be listed here.</p>
      ) : (
        <ul>
          {recents.map((recent) => (
            <RecentRun key={recent.recentId} recent={recent} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RecentRun({ recent: { recentId, name, folder, openedAt, present } }: { recent: Recent }) {
  const session = useSession();
  return (
    <li className="recent" data-missing={!present || undefined}>
      <button
        type="button"
        className="recent-open"
        disabled={!present}
        title={visibleText(folder)}
        onClick={() => void session.openRecent(recentId)}
      >
        <bdi className="recent-name">{visibleText(name)}</bdi>
        <bdi className="recent-folder">{visibleText(folder)}</bdi>
      </button>
      <span className="recent-when">
        {present ? formatAge(Date.parse(openedAt), Date.now()) : 'folder not found'}
      </span>
      {!present && (
        <Button
          variant="subtle"
          color="gray"
          aria-label={`Remove ${visibleText(name)} from the list`}
          onClick={() => void session.forgetRecent(recentId)}
        >
          Remove
        </Button>
      )}
    </li>
  );
}
