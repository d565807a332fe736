import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { ShortcutsDialog } from '../commands/ShortcutsDialog.tsx';
import { everywhere } from '../commands/shortcuts.ts';
import { useHelpKey } from '../commands/useHelpKey.ts';
import { RunView } from '../run/RunView.tsx';
import { currentRun } from '../session/session-state.ts';
import { useSession, useSessionState } from '../session/useSession.ts';
import { Sidebar } from '../sidebar/Sidebar.tsx';
import { Welcome } from '../welcome/Welcome.tsx';
import './screen.css';

/** The welcome screen until a run is open, then the runs and the current one. */
export function Screen() {
  const session = useSession();
  const state = useSessionState();
  const [helps, help] = useDisclosure();
  useHotkeys([[everywhere.open.keys[0], () => void session.chooseRun()]], []);
  useHelpKey(help.open);
  const run = currentRun(state);
  if (!state.ready) return null;
  if (!run) return <Welcome recents={state.recents} environment={state.environment} />;
  return (
    <div className="screen">
      <Sidebar state={state} />
      <RunView key={run.runId} run={run} task={state.tasks.get(run.runId) ?? null} />
      <ShortcutsDialog opened={helps} onClose={help.close} />
    </div>
  );
}
