import { Button, Kbd } from '@mantine/core';
import { IconFile, IconFolderOpen, IconSparkles } from '@tabler/icons-react';
import type { Environment } from '../../shared/ipc/contract.ts';
import type { Recent } from '../../shared/ipc/recent-contract.ts';
import { Wordmark } from '../app/Wordmark.tsx';
import { useSession } from '../session/useSession.ts';
import { RecentRuns } from './RecentRuns.tsx';
import './welcome.css';

interface Props {
  recents: readonly Recent[];
  environment: Environment | null;
}

export function Welcome({ recents, environment }: Props) {
  const session = useSession();
  const modifier = environment?.platform.startsWith('darwin') ? '⌘' : 'Ctrl';
  return (
    <main className="welcome">
      <div className="welcome-column">
        <header className="welcome-head">
          <Wordmark size={56} />
          <div>
            <h1>Cairn</h1>
            <p>See every version a training run has saved, and know which of them you can trust.</p>
          </div>
        </header>
        <div className="welcome-actions">
          <Button
            size="sm"
            leftSection={<IconFolderOpen size={17} stroke={1.75} />}
            onClick={() => void session.chooseRun()}
          >
            Open folder…
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconFile size={17} stroke={1.75} />}
            onClick={() => void session.chooseCheckpoint()}
          >
            Open file…
          </Button>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconSparkles size={17} stroke={1.75} />}
            onClick={() => void session.openSampleRun()}
          >
            Open the sample run
          </Button>
          <span className="welcome-hint">
            <Kbd size="xs">{modifier}</Kbd>
            <Kbd size="xs">O</Kbd> or drop a run, a folder of runs or a checkpoint anywhere in this window
          </span>
        </div>
        <RecentRuns recents={recents} />
      </div>
      <footer className="welcome-foot">
        {environment && <About environment={environment} />}
        <span className="welcome-commands">
          <button type="button" className="link" onClick={() => session.openPanel('settings')}>
            Settings
          </button>
          <button type="button" className="link" onClick={() => session.openPanel('about')}>
            About
          </button>
        </span>
      </footer>
    </main>
  );
}

function About({ environment: { appVersion, electron, runtimeNote } }: { environment: Environment }) {
  return (
    <>
      Cairn {appVersion} · Electron {electron}
      {runtimeNote && ` · ${runtimeNote}`}
    </>
  );
}
