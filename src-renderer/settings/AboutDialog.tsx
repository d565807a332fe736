import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Environment } from '../../shared/ipc/contract.ts';
import { Wordmark } from '../app/Wordmark.tsx';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import './settings.css';

interface Props {
  environment: Environment | null;
  opened: boolean;
  onClose: () => void;
}

export function AboutDialog({ environment, opened, onClose }: Props) {
  return (
    <Dialog title="About Cairn" width={620} opened={opened && environment !== null} onClose={onClose}>
      {environment && <About environment={environment} />}
    </Dialog>
  );
}

/** What this is, what it runs on, whose work is in it, and a file that helps to find a fault. */
function About({ environment }: { environment: Environment }) {
  const { appVersion, electron, chrome, node, platform, runtimeNote } = environment;
  const [licences, setLicences] = useState<string | null>(null);
  const showLicences = async () => {
    const answer = await valueOrNotice(window.cairn.request('readLicences', {}));
    if (answer) setLicences(answer.text);
  };
  const saveDiagnostics = async () => {
    const answer = await valueOrNotice(window.cairn.request('saveDiagnostics', {}));
    if (answer?.saved) notifications.show({ message: 'The diagnostics are saved.' });
  };
  return (
    <div className="about">
      <div className="about-head">
        <Wordmark size={40} />
        <div>
          <h3>Cairn {appVersion}</h3>
          <p>See every version a training run has saved, and know which of them you can trust.</p>
        </div>
      </div>
      <p className="dialog-hint">
        Electron {electron}, Chromium {chrome}, Node {node}, {platform}. {runtimeNote}
      </p>
      <p className="dialog-hint">MIT licence. Nothing is sent anywhere: Cairn works without a network.</p>
      {licences !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keys could not scroll it
        <section className="about-licences" tabIndex={0} aria-label="Third-party licences">
          {licences}
        </section>
      )}
      <div className="dialog-foot">
        <Button
          variant="default"
          title="What Cairn runs on and which requests failed: no names, no paths, no contents of files"
          onClick={() => void saveDiagnostics()}
        >
          Save diagnostics…
        </Button>
        <Button variant="default" disabled={licences !== null} onClick={() => void showLicences()}>
          Third-party licences
        </Button>
      </div>
    </div>
  );
}
