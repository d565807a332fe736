import { objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { readText } from '../../files/read-text.ts';
import { parseJson } from '../parse-json.ts';

const folder = /^checkpoint_(\d+)$/;
/** What tells of each checkpoint which Ray wrote it. rllib/utils/checkpoints.py, rllib/algorithms/algorithm.py */
const abouts: readonly string[] = ['metadata.json', 'rllib_checkpoint.json'];
const most = { folders: 3, bytes: 1024 * 1024 };

/**
 * Whether Ray numbers the checkpoints of a trial by saves, from 0, as it does since 2.7, and not by iterations, which begin at 1.
 * ray/tune/trainable/trainable.py, save
 * @param root the folder of the trial @param names of the folders in it
 */
export function numbersSaves(root: string, names: readonly string[]): boolean {
  const numbers = names.flatMap((name) => folder.exec(name)?.[1] ?? []);
  if (numbers.some((number) => Number(number) === 0)) return true;
  const last = numbers.sort((a, b) => Number(b) - Number(a)).slice(0, most.folders);
  return last.some((number) => abouts.some((name) => isLater(`${root}/checkpoint_${number}/${name}`)));
}

function isLater(path: string): boolean {
  const version = versionIn(path);
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})/.exec(version) ?? [];
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 7);
}

/** Empty where nothing tells it. */
function versionIn(path: string): string {
  try {
    const version = ownValue(objectOrNull(parseJson(readText(path, most.bytes))), 'ray_version');
    return typeof version === 'string' ? version : '';
  } catch {
    return '';
  }
}
