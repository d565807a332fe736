/** That runs are not compared with the others, in one sentence. @param plural writes a number of things */
export function otherwiseWords(runs: number, plural: (count: number, noun: string) => string): string {
  return `${plural(runs, 'run')} more ${runs === 1 ? 'is' : 'are'} ranked by another metric, and left out.`;
}
