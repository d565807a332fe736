import type { FormatName, Head } from '../format.ts';

/** The file beside a model of MLflow that says what it is; it always has that name. mlflow/models/model.py */
export function recogniseMlflowModel({ name, bytes }: Head): FormatName | null {
  const isNamed = /(?:^|[/\\])MLmodel$/.test(name);
  return isNamed && /^(?:flavors|artifact_path|model_uuid|run_id):/m.test(bytes.toString('utf8'))
    ? 'mlflow-model'
    : null;
}
