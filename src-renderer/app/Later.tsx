import { type ReactNode, useEffect, useState } from 'react';
import { whenIdle } from './when-idle.ts';

interface Props {
  /** Whether what is seen first is there. */
  after: boolean;
  children: ReactNode;
}

/** At the latest so long after what is seen first, in milliseconds. */
const patience = 500;

/** What nothing on the screen needs yet: read once there is something to see and nothing else to do. */
export function Later({ after, children }: Props) {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    return after ? whenIdle(() => setTime(true), patience) : undefined;
  }, [after]);
  return isTime && children;
}
