import { Menu } from '@mantine/core';
import { IconDots, IconFolderSearch, IconStar, IconStarOff, IconX } from '@tabler/icons-react';
import type { Recent } from '../../shared/ipc/recent-contract.ts';
import { visibleText } from '../format/visible-text.ts';
import { useSession } from '../session/useSession.ts';
import { forgetRecent, starRecent } from './change-recents.ts';

interface Props {
  recent: Recent;
  className: string;
}

/** What can be done to a line of the list of recent runs; nothing of it touches the run. */
export function RecentMenu({ recent: { recentId, name, starred }, className }: Props) {
  const session = useSession();
  const Star = starred ? IconStarOff : IconStar;
  return (
    <Menu position="bottom-end" width={190} shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={className} aria-label={`More for ${visibleText(name)}`} title="More">
          <IconDots size={15} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Star size={15} stroke={1.75} />}
          onClick={() => void starRecent(recentId, !starred)}
        >
          {starred ? 'Remove the star' : 'Star: keep on top'}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFolderSearch size={15} stroke={1.75} />}
          onClick={() => void session.findRecent(recentId)}
        >
          Find it elsewhere…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconX size={15} stroke={1.75} />}
          onClick={() => void forgetRecent(recentId)}
        >
          Remove from the list
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
