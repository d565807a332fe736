import { z } from 'zod';

/**
 * How a run is laid out and which version is its best: the keys and defaults of the reference's ModelStorageConfig.
 * Folders are relative to the run.
 */
export const storageConfigSchema = z.object({
  checkpoint_dir: z.string().default('checkpoints'),
  best_models_dir: z.string().default('best_models'),
  temp_dir: z.string().default('temp'),
  model_prefix: z.string().default('model'),
  checkpoint_name: z.string().default('checkpoint.pt'),
  max_best_models: z.number().int().nonnegative().default(5),
  best_model_selection_metric: z.string().min(1).default('mean_reward'),
  best_model_selection_mode: z.enum(['max', 'min']).default('max'),
  save_metadata: z.boolean().default(true),
  compression: z.enum(['gzip']).nullable().default(null),
  atomic_saves: z.boolean().default(true),
  version_format: z.string().default('v{version:04d}'),
  timestamp_format: z.string().default('%Y%m%d_%H%M%S'),
  validate_on_load: z.boolean().default(true),
  require_metadata: z.boolean().default(false),
  strict_mode: z.boolean().default(false),
  cleanup_on_start: z.boolean().default(false),
  cleanup_temp_on_exit: z.boolean().default(true),
  backup_before_overwrite: z.boolean().default(true),
  backup_suffix: z.string().min(1).default('.backup'),
});

export type StorageConfig = z.infer<typeof storageConfigSchema>;

export const defaultStorageConfig: StorageConfig = storageConfigSchema.parse({});
