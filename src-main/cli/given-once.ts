import type { Command, Option } from 'commander';
import { collecting } from './collect.ts';

/** Refuses a call in which an option that takes one value is given twice: which one was meant, nobody can tell. */
export function eachGivenOnce({ commands }: Command): void {
  for (const command of commands)
    for (const option of command.options) if (takesOneValue(option)) refuseTwice(command, option);
}

function takesOneValue({ required, optional, parseArg }: Option): boolean {
  return (required || optional) && !collecting.has(parseArg);
}

function refuseTwice(command: Command, option: Option): void {
  let isGiven = false;
  command.on(`option:${option.name()}`, () => {
    if (isGiven)
      command.error(`error: option '${option.long ?? option.flags}' is given twice`, {
        code: 'commander.givenTwice',
      });
    isGiven = true;
  });
}
