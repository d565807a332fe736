import type { Failure } from '../../shared/failure.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { toFailure } from '../core/errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { QueryFault } from './query-fault.ts';
import { Interrupted } from './stop-on-interrupt.ts';

const codes: Record<Failure['code'], ExitCode> = {
  ModelNotFound: exitCodes.foundWrong,
  ModelValidation: exitCodes.failed,
  ModelManager: exitCodes.failed,
  Usage: exitCodes.wrongCall,
  NoSuchHandle: exitCodes.failed,
  Refused: exitCodes.failed,
  Unexpected: exitCodes.failed,
};

/** Runs a command and turns what it throws into one line, an exit code, and with `--json` the error as a document. */
export async function runCommand(json: boolean, command: () => ExitCode | Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (thrown) {
    const failure = toFailure(thrown);
    process.exitCode = exitCodeOf(thrown, failure);
    printFailure(failure, json);
    if (thrown instanceof QueryFault) process.stderr.write(thrown.excerpt);
    if (process.argv.includes('--debug') && thrown instanceof Error)
      process.stderr.write(`${(thrown.stack ?? '').split('\n').map(harmless).join('\n')}\n`);
  }
}

/** What a shell makes of a signal where one stopped the command. */
function exitCodeOf(thrown: unknown, { code }: Failure): number {
  return thrown instanceof Interrupted ? thrown.exitCode : codes[code];
}

/** `cairn: <what> — <why> — <what to do>` on stderr; with `--json` the document on stdout too. */
export function printFailure({ code, message, path }: Failure, json: boolean): void {
  const line = harmless(message.replace(/\s*\n\s*/g, ' '));
  process.stderr.write(`cairn: ${line}\n`);
  if (!json) return;
  const known =
    code === 'ModelNotFound' || code === 'ModelValidation' || code === 'Usage' ? code : 'ModelManager';
  process.stdout.write(`${JSON.stringify({ error: { code: known, message: line, path } })}\n`);
}

/** A line that may hold anything from a file, uncut, without what would drive a terminal. */
function harmless(line: string): string {
  return escapeName(line, Number.POSITIVE_INFINITY);
}
