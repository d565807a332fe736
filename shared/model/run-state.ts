/** What a run may be in: a process was writing a version of it when it was looked at, or something is wrong with it. */
export const runStates = ['saving', 'problem'] as const;
export type RunState = (typeof runStates)[number];

export function statesOf({ isWriting, problems }: { isWriting: boolean; problems: number }): RunState[] {
  return [...(isWriting ? (['saving'] as const) : []), ...(problems > 0 ? (['problem'] as const) : [])];
}
