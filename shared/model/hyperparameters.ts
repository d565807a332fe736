import { z } from 'zod';

/** Where a value that training was set up by stands. `hparams` is Lightning's `hparams.yaml`, `training_args` and `trainer_state` are files of Hugging Face's Trainer, `args` the `args.json`, `params.json` or `config.json` of a training, `zoo_config` and `zoo_args` are `config.yml` and `args.yml` of RL Baselines3 Zoo, `mlflow` is `params/` of MLflow, `hydra` the config of the run, `overrides` what was asked for on the command line. */
export const settingSourceSchema = z.enum([
  'file',
  'optimizer',
  'sidecar',
  'hparams',
  'training_args',
  'trainer_state',
  'args',
  'zoo_config',
  'zoo_args',
  'mlflow',
  'hydra',
  'overrides',
]);
export type SettingSource = z.infer<typeof settingSourceSchema>;

/** A value that training was set up by, under one name, with each place where it stands. */
export const hyperparameterSchema = z.strictObject({
  name: z.string(),
  /** Whether all places agree: of an optimizer's groups one has to; what Hydra is still to fill in counts for nothing. */
  agree: z.boolean(),
  values: z.array(
    z.strictObject({
      source: settingSourceSchema,
      /** The path of keys that leads to it there. */
      path: z.string(),
      value: z.unknown().meta({ description: 'as it stands there' }),
    }),
  ),
});
export type Hyperparameter = z.infer<typeof hyperparameterSchema>;
