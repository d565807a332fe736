import { z } from 'zod';

/** How sure it is that a framework wrote a run: a person chose it, its files say so, their names do, or some of them may. */
export const surenesses = ['chosen', 'sure', 'likely', 'possible'] as const;
export type Sureness = (typeof surenesses)[number];

/** The framework whose run a folder is taken for. `why` says it in one sentence. */
export const recognisedLayoutSchema = z.strictObject({
  layout: z.string(),
  name: z.string(),
  sureness: z.enum(surenesses),
  why: z.string(),
  /** The version that the framework itself takes for the best, as an id, where its files tell. */
  best: z.string().nullable(),
  /** The version that the framework would go on from, as an id, where its files tell. */
  last: z.string().nullable(),
  /** All that it keeps as a best, or would go on from, as ids, where these are several: of each policy, metric or training one. */
  bests: z.array(z.string()).optional(),
  lasts: z.array(z.string()).optional(),
  /** The models that training handed over at its end, to be used, as ids, where their place tells. */
  finals: z.array(z.string()).optional(),
  /** Other frameworks that keep versions of this folder as a best, go on from them or ended with them: `keeps` has their ids. */
  others: z.array(z.strictObject({ name: z.string(), keeps: z.array(z.string()) })).optional(),
});
export type RecognisedLayout = z.infer<typeof recognisedLayoutSchema>;

/** How the files of a run lie: by a config or in folders as the reference has them, or checkpoints alone. */
export const runLayouts = ['cairn', 'files'] as const;
export type RunLayout = (typeof runLayouts)[number];

/** Whether a framework laid a run out: the best are found among its checkpoints. One name of a framework's in a run of ours makes it none. */
export function isOfFramework({
  layout,
  recognised,
}: {
  layout: RunLayout;
  recognised: RecognisedLayout | null;
}): boolean {
  return layout === 'files' && recognised !== null;
}
