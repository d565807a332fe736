/** How a shell tells that a process ended by a signal: 128 and its number. */
const codes = { SIGTERM: 143, SIGINT: 130 } as const;
export type EndSignal = keyof typeof codes;

export interface Ending {
  /** Is done at the first signal; the process ends when it is done. */
  end: (signal: EndSignal) => Promise<void>;
  /** Is done at every other one meanwhile. */
  hurry: () => void;
}

/** Ends the process cleanly at SIGTERM and SIGINT, with the usual code. @returns what stops listening for them */
export function endOnSignals({ end, hurry }: Ending): () => void {
  let ending = false;
  const onSignal = (signal: EndSignal): void => {
    if (ending) return hurry();
    ending = true;
    // Also for a program that comes to its own end meanwhile.
    process.exitCode = codes[signal];
    const leave = () => process.exit(codes[signal]);
    end(signal).then(leave, leave);
  };
  const signals = Object.keys(codes) as EndSignal[];
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}
