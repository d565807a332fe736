import { Dialog } from '../dialogs/Dialog.tsx';
import { shownKeys } from './key-names.ts';
import { type Shortcut, shortcutSections } from './shortcuts.ts';
import './shortcuts.css';

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** All keys there are, for who pressed `?`. */
export function ShortcutsDialog({ opened, onClose }: Props) {
  return (
    <Dialog title="Keyboard shortcuts" width={1060} opened={opened} onClose={onClose}>
      <div className="shortcuts">
        {shortcutSections.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {shortcuts.map((shortcut) => (
                <Line key={shortcut.words} shortcut={shortcut} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Line({ shortcut: { keys, words } }: { shortcut: Shortcut }) {
  return (
    <div className="shortcut">
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{shownKeys(key)}</kbd>
        ))}
      </dt>
      <dd>{words}</dd>
    </div>
  );
}
