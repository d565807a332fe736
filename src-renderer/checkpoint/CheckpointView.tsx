import { useEffect, useState } from 'react';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { ConvertDialog } from '../convert/ConvertDialog.tsx';
import { visibleText } from '../format/visible-text.ts';
import { appCommands } from '../palette/app-commands.ts';
import { Palette } from '../palette/Palette.tsx';
import { useSession, useSessionState } from '../session/useSession.ts';
import { CheckpointActions } from './CheckpointActions.tsx';
import { CheckpointContents } from './CheckpointContents.tsx';
import { CheckpointFacts } from './CheckpointFacts.tsx';
import { CompareFileDialog } from './CompareFileDialog.tsx';
import { checkpointCommands } from './checkpoint-commands.ts';
import { useNoCheckpoint } from './useNoCheckpoint.ts';
import { useVerification } from './useVerification.ts';
import './checkpoint.css';

/** A checkpoint without a run: what it is, and what is in it. */
export function CheckpointView({ checkpoint }: { checkpoint: CheckpointFile }) {
  const session = useSession();
  const state = useSessionState();
  const { name, path } = checkpoint;
  const verification = useVerification(checkpoint.checkpointId);
  const [whyNot, onLooked] = useNoCheckpoint(checkpoint);
  const [comparing, setComparing] = useState(false);
  const [anew, setAnew] = useState<{ act: 'convert' | 'repair'; opened: boolean }>({
    act: 'convert',
    opened: false,
  });
  const actions = {
    verify: verification.verify,
    compare: () => setComparing(true),
    convert: () => setAnew({ act: 'convert', opened: true }),
    repair: () => setAnew({ act: 'repair', opened: true }),
  };

  useEffect(() => {
    document.title = `${visibleText(name)} – Cairn`;
    return () => {
      document.title = 'Cairn';
    };
  }, [name]);

  return (
    <main className="checkpoint-view">
      <header className="run-header">
        <h1>
          <bdi>{visibleText(name)}</bdi>
        </h1>
        <bdi className="run-folder" title={visibleText(path)}>
          {visibleText(path)}
        </bdi>
      </header>
      <div className="checkpoint-columns">
        <section className="checkpoint-file" aria-label="This file">
          <CheckpointActions
            checkpoint={checkpoint}
            actions={actions}
            busy={verification.running}
            whyNot={whyNot}
          />
          <CheckpointFacts checkpoint={checkpoint} whyNot={whyNot} verification={verification} />
        </section>
        <section className="checkpoint-contents" aria-label="Contents">
          <CheckpointContents checkpoint={checkpoint} onLooked={onLooked} />
        </section>
      </div>
      <CompareFileDialog checkpoint={checkpoint} opened={comparing} onClose={() => setComparing(false)} />
      <ConvertDialog
        subject={{ ownerId: checkpoint.checkpointId, member: null, label: visibleText(name), path }}
        {...anew}
        onClose={() => setAnew({ ...anew, opened: false })}
      />
      <Palette
        commands={() => [
          ...checkpointCommands(session, checkpoint, actions, whyNot),
          ...appCommands(session, state),
        ]}
      />
    </main>
  );
}
