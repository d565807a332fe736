import { ShortcutsDialog } from '../commands/ShortcutsDialog.tsx';
import { GuideDialog } from '../guide/GuideDialog.tsx';
import { LeavingDialog } from '../leaving/LeavingDialog.tsx';
import type { SessionState } from '../session/session-state.ts';
import { useSession } from '../session/useSession.ts';
import { AboutDialog } from './AboutDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';

/** What of the app itself is open over everything else. */
export function AppPanels({ state: { panel, environment } }: { state: SessionState }) {
  const session = useSession();
  const isOpen = (kind: SessionState['panel']['kind']) => panel.opened && panel.kind === kind;
  const close = () => session.closePanel();
  return (
    <>
      <SettingsDialog opened={isOpen('settings')} onClose={close} />
      <GuideDialog opened={isOpen('guide')} onClose={close} />
      <ShortcutsDialog opened={isOpen('shortcuts')} onClose={close} />
      <LeavingDialog />
      <AboutDialog environment={environment} opened={isOpen('about')} onClose={close} />
    </>
  );
}
