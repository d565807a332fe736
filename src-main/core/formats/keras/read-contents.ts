import { type Json, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { parseJsonExactly } from '../../catalog/parse-json.ts';
import { ModelValidationError } from '../../errors.ts';
import type { Contents } from '../contents.ts';
import { Damage, rule } from '../damage.ts';
import { emptyContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { longestRead, type Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { describeMember } from '../zip/describe-member.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';

const mostListed = 1000;
const mostParts = 200_000;
const unreadWeights = 'a Keras archive: its weights are in HDF5, which is not read';

/** The members of a Keras archive, and what its configuration names: loading it makes those. Its weights are not read. */
export async function readKerasMembers(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  { names }: Nesting,
): Promise<Contents> {
  const problems = [unreadWeights];
  try {
    nameClasses(await readConfiguration(source, members), names);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    problems.push(`config.json: ${error.message}`);
    names.miss('config.json');
  }
  return {
    ...emptyContents(format, problems, members.slice(0, mostListed).map(describeMember)),
    ...describeLoading(names),
  };
}

async function readConfiguration(source: Source, members: readonly Member[]): Promise<Json> {
  const found = members.filter(({ name }) => name === 'config.json');
  const [member] = found;
  rule(member !== undefined && found.length === 1, 'there must be one of this name, and no more');
  const bytes = await openMember(source, member);
  rule(bytes.size <= longestRead, 'it is longer than is read');
  try {
    return parseJsonExactly((await bytes.read(0, bytes.size)).toString('utf8'));
  } catch (error) {
    throw error instanceof ModelValidationError ? new Damage(error.message) : error;
  }
}

/** Each object with a `class_name` is made of that class, or is the function of that name. keras/src/saving/serialization_lib.py */
function nameClasses(configuration: Json, names: PickledNames): void {
  const parts: Json[] = [configuration];
  for (const part of parts) {
    for (const value of valuesIn(part)) parts.push(value);
    rule(parts.length <= mostParts, 'it has more parts than are looked at');
    nameClass(part, names);
  }
}

function valuesIn(part: Json): readonly Json[] {
  return Array.isArray(part) ? part : Object.values(objectOrNull(part) ?? {});
}

/** What runs what the archive itself carries: a Lambda layer, and functions by their code or their place. */
const runsCode = new Set(['Lambda', '__lambda__', 'function']);

function nameClass(part: Json, names: PickledNames): void {
  const object = objectOrNull(part);
  const className = ownValue(object, 'class_name');
  if (typeof className !== 'string') return;
  const module = ownValue(object, 'module');
  const named = names.name(typeof module === 'string' ? module : 'keras', className);
  const isOfKeras = /^keras(\.|$)/.test(named.module);
  if (runsCode.has(className) || !isOfKeras) named.use = 'called';
  else if (named.use === 'named') named.use = 'made';
}
