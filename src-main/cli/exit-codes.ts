/** What the command's exit code says. */
export const exitCodes = { done: 0, foundWrong: 1, wrongCall: 2, failed: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
