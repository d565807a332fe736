import { useHotkeys } from '@mantine/hooks';
import { RunView } from '../run/RunView.tsx';
import { currentRun, verificationOf } from '../session/session-state.ts';
import { useSession, useSessionState } from '../session/useSession.ts';
import { Sidebar } from '../sidebar/Sidebar.tsx';
import { Welcome } from '../welcome/Welcome.tsx';
import './screen.css';

/** The welcome screen until a run is open, then the runs and the current one. */
export function Screen() {
  const session = useSession();
  const state = useSessionState();
  useHotkeys([['mod+O', () => void session.chooseRun()]], []);
  const run = currentRun(state);
  if (!state.ready) return null;
  if (!run) return <Welcome recents={state.recents} environment={state.environment} />;
  return (
    <div className="screen">
      <Sidebar state={state} />
      <RunView key={run.runId} run={run} task={verificationOf(state, run.runId)} />
    </div>
  );
}
