import { Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertCircle } from '@tabler/icons-react';
import type { Problem } from '../../shared/model/run.ts';
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
      <Modal
        opened={opened}
        onClose={close}
        title={`${count} in this folder`}
        size="lg"
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <ProblemsList problems={problems} />
      </Modal>
    </>
  );
}
