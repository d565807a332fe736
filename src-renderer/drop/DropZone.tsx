import { IconFolderDown } from '@tabler/icons-react';
import { useSession } from '../session/useSession.ts';
import { useFolderDrop } from './useFolderDrop.ts';
import './drop-zone.css';

/** The whole window takes folders and checkpoints; this shows so while one is dragged over it. */
export function DropZone() {
  const session = useSession();
  const over = useFolderDrop((files) => void session.openDropped(files));
  if (!over) return null;
  return (
    <div className="drop-zone">
      <div className="drop-zone-target">
        <IconFolderDown size={40} stroke={1.5} aria-hidden />
        <p>Drop a run, a folder of runs or a checkpoint to open it</p>
      </div>
    </div>
  );
}
