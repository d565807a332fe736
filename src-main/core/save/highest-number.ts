import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { parseFileName } from '../catalog/parse-file-name.ts';

/** The version number in a file's name, as the usual names have it, or as the config's own format writes it; 0 for none. */
function numberInName(name: string, { version_format, model_prefix }: StorageConfig): number {
  const usual = parseFileName(name.replace(/(?:\.weights)?\.[a-z]+\d?(?:\.gz|\.backup)?$/i, '')).version ?? 0;
  const [before = '', after = ''] = version_format.split(/\{version[^}]*\}/);
  const text = name.startsWith(`${model_prefix}_${before}`)
    ? name.slice(model_prefix.length + 1 + before.length)
    : '';
  const [, digits = '0', rest = ''] = /^[^0-9]*(\d{1,15})(.*)$/s.exec(text) ?? [];
  return rest.startsWith(`${after}_reward`) ? Math.max(usual, Number(digits)) : usual;
}

/** The highest of the numbers in these names; 0 for none. */
export function highestNumber(names: Iterable<string>, config: StorageConfig): number {
  let highest = 0;
  for (const name of names) highest = Math.max(highest, numberInName(name, config));
  return highest;
}
