import { useDisclosure } from '@mantine/hooks';
import { IconAlertCircle } from '@tabler/icons-react';
import type { Problem } from '../../shared/model/run.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { plural } from '../format/plural.ts';
import { ProblemsList } from './ProblemsList.tsx';
import './problems.css';

/** How many things in the folder are not versions, or not as they should be; opens the list of them. */
export function ProblemsButton({ problems }: { problems: readonly Problem[] }) {
  const [opened, { open, close }] = useDisclosure(false);
  const count = plural(problems.length, 'problem');
  return (
    <>
      <button type="button" className="problems-button" onClick={open}>
        <IconAlertCircle size={14} stroke={1.75} aria-hidden />
        {count}
      </button>
      <Dialog title={`${count} in this folder`} width={620} opened={opened} onClose={close}>
        <ProblemsList problems={problems} />
      </Dialog>
    </>
  );
}
