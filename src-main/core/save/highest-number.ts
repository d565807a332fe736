import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { parseFileName } from '../catalog/parse-file-name.ts';

const bases = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
  ['X', 16],
]);

/** A number with what Python may write before it and between its digits; null where it is none. */
function numberIn(text: string, base = 10): number | null {
  const start = base === 16 ? /^[^0-9a-f]*(?:0x)?/i : /^[^0-9]*(?:0[bo])?/i;
  const digits = text.replace(start, '').replaceAll(/[,_]/g, '').toLowerCase();
  const number = Number.parseInt(digits, base);
  return number.toString(base) === digits.replace(/^0+(?=.)/, '') ? number : null;
}

/** The version number in a file's name, as the usual names have it, or as the config's own format writes it; 0 for none. */
function numberInName(name: string, { version_format, model_prefix }: StorageConfig): number {
  const usual = parseFileName(name.replace(/(?:\.weights)?\.[a-z]+\d?(?:\.gz|\.backup)?$/i, '')).version ?? 0;
  const [before = '', after = ''] = version_format.split(/\{version[^}]*\}/);
  const base = bases.get(/\{version:[^}]*([boxX])\}/.exec(version_format)?.[1] ?? '');
  const text = name.startsWith(`${model_prefix}_${before}`)
    ? name.slice(model_prefix.length + 1 + before.length)
    : '';
  if (base !== undefined || /[,_]d?\}/.test(version_format))
    return numberIn(text.slice(0, Math.max(0, text.indexOf(`${after}_reward`))), base) ?? usual;
  const [, digits = '0', rest = ''] = /^[^0-9]*(\d{1,15})(.*)$/s.exec(text) ?? [];
  return rest.startsWith(`${after}_reward`) ? Math.max(usual, Number(digits)) : usual;
}

/** The highest of the numbers in these names; 0 for none. */
export function highestNumber(names: Iterable<string>, config: StorageConfig): number {
  let highest = 0;
  for (const name of names) highest = Math.max(highest, numberInName(name, config));
  return highest;
}
