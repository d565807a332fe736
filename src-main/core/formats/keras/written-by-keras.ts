import { type Json, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import type { WrittenBy } from '../contents.ts';
import { shortVersion } from '../short-version.ts';

/** What `metadata.json` of an archive has for its version. keras/src/saving/saving_lib.py */
export function versionIn(metadata: Json): Json | undefined {
  return ownValue(objectOrNull(metadata), 'keras_version');
}

/** What Keras wrote says of its writer: it names no best. */
export function writtenByKeras(version: Json | undefined): WrittenBy {
  return { framework: 'keras', version: shortVersion(version), best: null };
}
