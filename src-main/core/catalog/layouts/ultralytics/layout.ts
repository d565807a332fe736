import type { Claim, Layout, RunSigns } from '../layout.ts';

const folder = 'weights';
/** What it writes beside them: `args.yaml`, before it `opt.yaml` and `hyp.yaml` of YOLOv5, and what was measured. */
const signs = ['args.yaml', 'opt.yaml', 'hyp.yaml', 'results.csv'];
const best = `${folder}/best.pt`;
const last = `${folder}/last.pt`;

/**
 * What a training leaves below `runs/detect/train`: `weights/last.pt`, `weights/best.pt`, and `weights/epoch{N}.pt` where so many epochs are to be
 * kept; `args.yaml` and `results.csv` beside. ultralytics/engine/trainer.py, save_model
 */
export const ultralytics: Layout = {
  id: 'ultralytics',
  name: 'Ultralytics YOLO',
  writes: 'ultralytics',
  foldersBeside: { folders: [folder], signs },
  recognise,
};

function recognise({ ids, has }: RunSigns): Claim | null {
  const kept = [best, last].filter((id) => ids.includes(id));
  const sign = kept.length > 0 ? signs.find(has) : undefined;
  if (sign === undefined) return null;
  return {
    ...{ sureness: 'likely', why: `it has ${kept[0]} beside ${sign}` },
    ...(ids.includes(best) ? { best } : {}),
    ...(ids.includes(last) ? { last } : {}),
  };
}
