import { claimByFolders } from '../claim-by-folders.ts';
import type { FolderVersion, Layout, NamesInside } from '../layout.ts';
import { missingParts } from '../missing-parts.ts';

const graphs = ['saved_model.pb', 'saved_model.pbtxt'];
const values = 'variables/variables.index';

/** `saved_model.pb` with `variables/`, as Keras and TensorFlow export models. tensorflow/python/saved_model/save.py */
export const savedModel: Layout = {
  id: 'saved-model',
  name: 'TensorFlow SavedModel',
  versionFolder: { recognise: recogniseFolder, countsSteps: false },
  recognise: (signs) => claimByFolders(signs, /\/saved_model\.pb(?:txt)?$/, 'folders with a saved_model.pb'),
};

/** What is left of one whose graph is gone. */
function withoutGraph(inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const isOne = inside.has('variables/') && inside.has('fingerprint.pb');
  return isOne ? { main: 'fingerprint.pb', missing: ['saved_model.pb is missing'] } : null;
}

/** A model may have no values; where it has the folder for them, they are in it. */
function recogniseFolder(_: string, inside: NamesInside): Omit<FolderVersion, 'layout'> | null {
  const main = graphs.find((name) => inside.has(name));
  if (main === undefined) return withoutGraph(inside);
  const isDeep = [...inside].some((name) => !name.endsWith('/') && name.includes('/'));
  const lacks = isDeep && inside.has('variables/') && !inside.has(values);
  return { main, missing: [...(lacks ? [`${values} is missing`] : []), ...missingParts(inside)] };
}
