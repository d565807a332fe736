import { onDemand } from '../app/on-demand.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';

const Guide = onDemand(async () => (await import('./Guide.tsx')).Guide);

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** The guide, for who chose it in the menu. */
export function GuideDialog({ opened, onClose }: Props) {
  return (
    <Dialog title="Guide" width={700} opened={opened} onClose={onClose}>
      <Guide />
    </Dialog>
  );
}
