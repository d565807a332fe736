import { ToastWords } from '../bridge/ToastWords.tsx';
import { plural } from '../format/plural.ts';
import { useSession, useSessionPart } from '../session/useSession.ts';
import { describeShare } from '../status/progress.ts';

interface Props {
  taskId: string;
  /** How many versions the list has. */
  count: number;
}

/** A list that is being written: how far it is, as soon as it takes long, and the way to stop it. */
export function WritingList({ taskId, count }: Props) {
  const session = useSession();
  const task = useSessionPart(({ tasks }) => tasks.get(taskId));
  const words = `Writing ${plural(count, 'version')}…`;
  return (
    <ToastWords
      words={task ? `${words} ${describeShare(task)}` : words}
      button="Cancel"
      onPress={() => void session.cancelTask(taskId)}
    />
  );
}
