import { IconFile, IconFolder, IconFolders, IconStarFilled } from '@tabler/icons-react';
import type { Recent } from '../../shared/ipc/recent-contract.ts';
import { EndKept } from '../format/EndKept.tsx';
import { visibleText } from '../format/visible-text.ts';
import { RecentMenu } from '../recents/RecentMenu.tsx';
import { missingWords } from '../recents/recent-words.ts';
import { useSession } from '../session/useSession.ts';

const icons = { run: IconFolder, checkpoint: IconFile, workspace: IconFolders };

interface Props {
  recent: Recent;
  /** What tells it from the others. */
  name: string;
}

export function RecentItem({ recent, name }: Props) {
  const session = useSession();
  const { recentId, kind, folder, present, starred } = recent;
  const Icon = starred ? IconStarFilled : icons[kind];
  return (
    <li className="run-item" data-missing={!present || undefined}>
      <button
        type="button"
        className="run-open run-recent"
        disabled={!present}
        title={present ? visibleText(folder) : `${visibleText(folder)}\n${missingWords(kind)}`}
        onClick={() => void session.openRecent(recentId)}
      >
        <Icon className="recent-icon" size={13} stroke={1.75} aria-hidden />
        <bdi className="run-name">
          <EndKept name={visibleText(name)} />
        </bdi>
      </button>
      <RecentMenu recent={recent} className="run-close" />
    </li>
  );
}
