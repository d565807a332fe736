import { type ReactNode, Suspense, useEffect, useState } from 'react';

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
    if (!after) return;
    const idle = requestIdleCallback(() => setTime(true), { timeout: patience });
    return () => cancelIdleCallback(idle);
  }, [after]);
  return isTime && <Suspense>{children}</Suspense>;
}
