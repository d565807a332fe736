import { Button } from '@mantine/core';
import { IconFile, IconFolders, IconStarFilled } from '@tabler/icons-react';
import type { Recent } from '../../shared/ipc/recent-contract.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { clearRecents, forgetRecent } from '../recents/change-recents.ts';
import { RecentMenu } from '../recents/RecentMenu.tsx';
import { missingWords } from '../recents/recent-words.ts';
import { useSession } from '../session/useSession.ts';

export function RecentRuns({ recents }: { recents: readonly Recent[] }) {
  return (
    <section className="recents" aria-label="Recent runs">
      <div className="recents-head">
        <h2>Recent runs</h2>
        {recents.some(({ starred }) => !starred) && (
          <button
            type="button"
            className="link"
            title="Remove all without a star from this list. The runs themselves stay as they are."
            onClick={() => void clearRecents()}
          >
            Clear
          </button>
        )}
      </div>
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

function RecentRun({ recent }: { recent: Recent }) {
  const session = useSession();
  const { recentId, kind, name, folder, openedAt, present, starred } = recent;
  return (
    <li className="recent" data-missing={!present || undefined}>
      <button
        type="button"
        className="recent-open"
        disabled={!present}
        title={visibleText(folder)}
        onClick={() => void session.openRecent(recentId)}
      >
        <span className="recent-title">
          {starred && <IconStarFilled className="recent-icon" size={13} aria-label="Starred" />}
          {kind === 'checkpoint' && (
            <IconFile className="recent-icon" size={13} stroke={1.75} aria-label="File" />
          )}
          {kind === 'workspace' && (
            <IconFolders className="recent-icon" size={13} stroke={1.75} aria-label="Folder of runs" />
          )}
          <bdi className="recent-name">{visibleText(name)}</bdi>
        </span>
        <bdi className="recent-folder">{visibleText(folder)}</bdi>
      </button>
      <span className="recent-when">{present ? <TimeText at={openedAt} asAge /> : missingWords(kind)}</span>
      {!present && <Fix recent={recent} />}
      <RecentMenu recent={recent} className="recent-more" />
    </li>
  );
}

/** For what is no longer where it was. */
function Fix({ recent: { recentId, name } }: { recent: Recent }) {
  const session = useSession();
  return (
    <>
      <Button
        variant="subtle"
        aria-label={`Find ${visibleText(name)}…`}
        onClick={() => void session.findRecent(recentId)}
      >
        Find it…
      </Button>
      <Button
        variant="subtle"
        color="gray"
        aria-label={`Remove ${visibleText(name)} from the list`}
        onClick={() => void forgetRecent(recentId)}
      >
        Remove
      </Button>
    </>
  );
}
