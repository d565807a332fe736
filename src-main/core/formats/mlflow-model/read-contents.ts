import type { Contents, Entry } from '../contents.ts';
import { Damage, rule } from '../damage.ts';
import { plainContents } from '../empty-contents.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';

const most = { bytes: 1024 * 1024, entries: 1000 };

/** Whole: it names the flavors by which the model can be loaded, and ends with when it was made: its keys are sorted, and that is the last of them. */
export async function checkMlflowModel(source: Source, recognised: FormatName): Promise<Structure> {
  await readLines(source);
  return whole(recognised);
}

/** What stands at the top of the file, and by which flavors the model can be loaded. The model itself is in the files beside it, which are not opened. */
export async function readMlflowModelContents(source: Source, recognised: FormatName): Promise<Contents> {
  const lines = await readLines(source);
  const flavors = flavorsOf(lines);
  const entries: Entry[] = lines.flatMap((line) => {
    const [, key, value] = /^([A-Za-z_]\w*):\s*(\S.*)$/.exec(line) ?? [];
    return key === undefined ? [] : [{ key, type: 'text', summary: plainName(value ?? '') }];
  });
  return plainContents(
    recognised,
    [],
    [{ key: 'flavors', type: 'list', summary: flavors.map(plainName).join(', ') }, ...entries].slice(
      0,
      most.entries,
    ),
  );
}

async function readLines(source: Source): Promise<string[]> {
  if (source.size > most.bytes)
    throw new Damage(`${formatCount(source.size)} bytes are more than are read of it`, 'unknown');
  const text = (await source.read(0, source.size)).toString('utf8');
  rule(text.endsWith('\n'), `${formatCount(source.size)} bytes: it ends in the middle of a line`);
  const lines = text.trimEnd().split('\n');
  const isEnd = lines.at(-1)?.startsWith('utc_time_created:') === true;
  rule(isEnd, `${formatCount(source.size)} bytes: it ends before it says when it was made`);
  rule(flavorsOf(lines).length > 0, 'it names no flavor by which the model can be loaded');
  return lines;
}

/** The keys one level below `flavors:`. */
function flavorsOf(lines: readonly string[]): string[] {
  const start = lines.indexOf('flavors:');
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  const below = end < 0 ? rest : rest.slice(0, end);
  return below.flatMap((line) => /^ {2}([A-Za-z_]\w*):/.exec(line)?.[1] ?? []);
}
