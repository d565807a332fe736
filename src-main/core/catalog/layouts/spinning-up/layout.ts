import { claimByNames } from '../claim-by-names.ts';
import { lastByNumber } from '../last-by-number.ts';
import type { Claim, Layout, RunSigns } from '../layout.ts';

const folder = 'pyt_save';
const log = 'progress.txt';
const saved = /^model(\d{1,9})?\.pt$/;

/**
 * What is left below `data/{experiment}/{experiment}_s{seed}`: `pyt_save/model.pt`, overwritten each time, or `pyt_save/model{epoch}.pt`, with
 * `progress.txt` and `config.json` beside. spinup/utils/logx.py, _pytorch_simple_save
 */
export const spinningUp: Layout = {
  id: 'spinning-up',
  name: 'Spinning Up',
  foldersBeside: { folders: [folder], signs: [log, 'config.json', 'vars.pkl'] },
  recognise,
};

function recognise(signs: RunSigns): Claim | null {
  const ids = signs.ids.filter((id) => id.startsWith(`${folder}/`));
  if (!signs.has(log)) return null;
  const claim = claimByNames({ ids }, (name) => saved.test(name), `are in ${folder}/ beside ${log}`);
  return claim && { ...claim, ...lastByNumber(signs, /(?<=^pyt_save\/)model(\d{1,9})?\.pt$/) };
}
