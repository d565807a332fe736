import type { ContentsView, Disagreement, TensorView } from '../../../shared/model/contents-view.ts';
import type { Hyperparameter } from '../../../shared/model/hyperparameters.ts';
import type { Json, JsonObject } from '../../../shared/model/json.ts';
import { countElements } from '../../../shared/statistics/count-shown.ts';
import { diffValues } from '../diff/diff-values.ts';
import type { Tensor } from '../formats/contents.ts';
import { mostTensors } from '../formats/most-tensors.ts';
import { whyNotMeasured } from '../tensors/why-not-measured.ts';
import { byteOrderOf } from './byte-order-of.ts';
import { compareSettings } from './compare-settings.ts';
import { countTotals } from './count-totals.ts';
import { describeStored } from './describe-stored.ts';
import { findCarriedState } from './find-carried-state.ts';
import { gatherSettings, isBlock, type Surroundings, targetsOf } from './gather-settings.ts';
import type { Inspection } from './inspect-file.ts';
import { limitText, limitValue } from './limit-value.ts';
import { tellSizes } from './tell-sizes.ts';
import { writerOf } from './writer-of.ts';

/** So many of each are shown; a file may have any number. */
const most = {
  tensors: mostTensors,
  entries: 1000,
  globals: 1000,
  problems: 100,
  unread: 20,
  disagreements: 100,
  hyperparameters: 500,
};

/** An inspection as a window shows it, within budgets; `surroundings` is what stands beside the file. */
export function viewContents(
  { contents, optimizer, fileSize, bytesRead }: Inspection,
  surroundings: Surroundings,
): ContentsView {
  const { tensors, entries, globals, metadata } = contents;
  const { problems, unread } = tellSizes(contents, fileSize, surroundings.sidecar);
  const settings = gatherSettings({ ...contents, optimizer }, surroundings);
  const hyperparameters = compareSettings(settings);
  const beyond = (list: readonly unknown[], limit: number) => Math.max(0, list.length - limit);
  return {
    format: contents.format,
    file_size_bytes: fileSize,
    bytes_read: bytesRead,
    trust: contents.trust,
    unread: unread.slice(0, most.unread).map((what) => limitText(what)),
    targets: targetsOf(settings).map((what) => limitText(what)),
    checkpoint_version: limitValue(contents.checkpointVersion),
    training_state: limitValue(contents.trainingState),
    metadata: limitValue(metadata),
    metrics: limitValue(contents.metrics),
    entries: entries.slice(0, most.entries).map(({ key, type, summary }) => ({
      key: limitText(key),
      type: limitText(type),
      summary: limitText(summary),
    })),
    globals: globals
      .slice(0, most.globals)
      .map((global) => ({ ...global, module: limitText(global.module), name: limitText(global.name) })),
    problems: problems.slice(0, most.problems).map((problem) => limitText(problem)),
    tensors: viewTensors(tensors),
    totals: countTotals(tensors),
    disagreements: findDisagreements(metadata, surroundings.sidecar),
    hyperparameters: hyperparameters.slice(0, most.hyperparameters).map(limitHyperparameter),
    optimizer,
    optimizer_bytes: countTotals(tensors.filter(({ part }) => part === 'optimizer')).bytes,
    written_by: writerOf(contents),
    byte_order: byteOrderOf(tensors),
    has_sidecar: surroundings.sidecar !== null,
    carried: findCarriedState(contents),
    left_out: {
      tensors: beyond(tensors, most.tensors),
      entries: beyond(entries, most.entries),
      globals: beyond(globals, most.globals),
      problems: beyond(problems, most.problems),
      hyperparameters: beyond(hyperparameters, most.hyperparameters),
    },
  };
}

function viewTensors(tensors: readonly Tensor[]): TensorView[] {
  const users = new Map<string, number>();
  for (const { storage } of tensors) if (storage !== null) users.set(storage, (users.get(storage) ?? 0) + 1);
  return tensors
    .slice(0, most.tensors)
    .map((tensor) => viewTensor(tensor, tensor.storage !== null && (users.get(tensor.storage) ?? 0) > 1));
}

function viewTensor(tensor: Tensor, shared: boolean): TensorView {
  const { name, dtype, shape, bytes, storage, data, part, offset, stride, device } = tensor;
  return {
    label: limitText(name, 1000),
    dtype: limitText(dtype, 100),
    shape: shape.slice(0, 64),
    parameters: countElements(shape),
    bytes,
    shared,
    readable: data !== null,
    stored_as: describeStored(tensor),
    not_measured: whyNotMeasured(tensor),
    part,
    storage: storage === null ? null : limitText(storage, 200),
    offset,
    stride: stride?.slice(0, 64) ?? null,
    device: device === undefined ? null : limitText(device, 100),
  };
}

function limitHyperparameter({ name, agree, values }: Hyperparameter): Hyperparameter {
  const told = values.map(({ source, path, value }) => ({ source, path: limitText(path), value }));
  return { name: limitText(name), agree, values: told };
}

/** What a person marks a version with after it was saved: its file cannot know. */
const marks: ReadonlySet<string> = new Set(['tags', 'notes']);

/** What both have and do not agree on, hyperparameters and marks apart; what only one has is no disagreement. */
function findDisagreements(metadata: Json, sidecar: JsonObject | null): Disagreement[] {
  return diffValues(metadata, sidecar)
    .filter(({ a, b }) => a !== null && b !== null && !isSameNumber(a, b))
    .filter(({ key }) => {
      const [first = ''] = key.split('.', 1);
      return !isBlock(first) && !marks.has(first);
    })
    .slice(0, most.disagreements)
    .filter(({ key }) => key !== '')
    .map(({ key, a, b }) => ({ key: limitText(key), contents: limitValue(a), sidecar: limitValue(b) }));
}

/** A whole number may stand as an integer in the one and as a float or long in the other. */
function isSameNumber(a: Json, b: Json): boolean {
  const isNumeric = (value: Json) => typeof value === 'number' || typeof value === 'bigint';
  return isNumeric(a) && isNumeric(b) && Number(a) === Number(b);
}
