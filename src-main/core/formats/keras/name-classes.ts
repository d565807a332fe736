import { type Json, type JsonObject, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import { rule } from '../damage.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';

const mostParts = 200_000;

/** Each object with a `class_name` is made of that class, or is the function of that name. keras/src/saving/serialization_lib.py */
export function nameClasses(configuration: Json, names: PickledNames): void {
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

/**
 * What runs what the archive itself carries, or has beside it: a Lambda layer, functions by their code or their place, a module of PyTorch as a
 * pickle (keras/src/utils/torch_utils.py), a graph of TensorFlow.
 */
const runsCode = new Set(['Lambda', '__lambda__', 'function', 'TorchModuleWrapper', 'TFSMLayer']);

/** Keras finds a class by the last part of its name, behind that of its module or of whoever registered it. */
const lastPart = (name: string): string => name.slice(name.search(/[^.>]*$/));

function isRunning(object: JsonObject | null, className: string): boolean {
  const registered = ownValue(object, 'registered_name');
  const names = [className, ...(typeof registered === 'string' ? [registered] : [])];
  return names.some((name) => runsCode.has(lastPart(name)));
}

function nameClass(part: Json, names: PickledNames): void {
  const object = objectOrNull(part);
  const className = ownValue(object, 'class_name');
  if (typeof className !== 'string') return;
  const module = ownValue(object, 'module');
  const named = names.name(typeof module === 'string' ? module : 'keras', className, null);
  const isOfKeras = /^keras(\.|$)/.test(named.module);
  if (isRunning(object, className) || !isOfKeras) named.use = 'called';
  else if (named.use === 'named') named.use = 'made';
}
