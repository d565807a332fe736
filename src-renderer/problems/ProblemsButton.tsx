import { useDisclosure } from '@mantine/hooks';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Problem } from '../../shared/model/run.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { plural, versionsAre } from '../format/plural.ts';
import { ProblemsList } from './ProblemsList.tsx';
import './problems.css';

interface Props {
  problems: readonly Problem[];
  /** How many versions are not intact. */
  wrong?: number;
  /** Shows those alone. */
  onShowWrong?: () => void;
  /** The versions among these paths, and the way to one. */
  versions?: VersionsByPath;
}

export interface VersionsByPath {
  find: (paths: ReadonlySet<string>) => ReadonlyMap<string, number>;
  show: (handle: number) => void;
}

/** How many things in the folder are not as they should be, versions or not; opens the list of them. */
export function ProblemsButton({ problems, wrong = 0, onShowWrong, versions }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const count = plural(problems.length + wrong, 'problem');
  const showWrong = () => {
    close();
    onShowWrong?.();
  };
  return (
    <>
      <button type="button" className="problems-button" onClick={open}>
        <IconAlertCircle size={14} stroke={1.75} aria-hidden />
        {count}
      </button>
      <Dialog title={`${count} in this folder`} width={620} opened={opened} onClose={close}>
        {wrong > 0 && (
          <p className="problems-wrong">
            {versionsAre(wrong)} not intact.{' '}
            <button type="button" className="link" onClick={showWrong}>
              Show {wrong === 1 ? 'it' : 'them'}
            </button>
          </p>
        )}
        <Listed problems={problems} versions={versions} onLeave={close} />
      </Dialog>
    </>
  );
}

interface ListedProps extends Pick<Props, 'problems'> {
  versions: VersionsByPath | undefined;
  onLeave: () => void;
}

/** There only while the dialog is: a hundred thousand versions are not looked through before that. */
function Listed({ problems, versions, onLeave }: ListedProps) {
  const handles = useMemo(
    () => versions?.find(new Set(problems.map(({ path }) => path))),
    [problems, versions],
  );
  const showOf = (path: string) => {
    const handle = handles?.get(path);
    if (handle === undefined) return null;
    return () => {
      onLeave();
      versions?.show(handle);
    };
  };
  return <ProblemsList problems={problems} showOf={showOf} />;
}
