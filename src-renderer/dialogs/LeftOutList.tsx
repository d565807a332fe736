import { visibleText } from '../format/visible-text.ts';
import { ChangeList } from './ChangeList.tsx';

interface Props {
  /** Each by its id, and as it is called. */
  versions: readonly { id: string; label: string; why: string }[];
}

/** The versions that something was not done to, and why. */
export function LeftOutList({ versions }: Props) {
  const changes = versions.map(({ id, label, why }) => ({
    id: visibleText(id),
    word: 'Left out',
    tone: 'goes' as const,
    label,
    why: visibleText(why),
  }));
  return <ChangeList label="Left out" changes={changes} />;
}
