// A script that trains the real model with LightlyTrain on the written CSV files.
import type { Script } from '../types.ts';
import { pythonText } from './python.ts';

/** The `data` argument as Python (`data = {…}`), and what the training needs beside it. */
export interface LightlyTrainRun {
  /** Name of the folder that the results go to. */
  out: string;
  /** Python text that assigns `data`. */
  data: string;
  multiLabel: boolean;
  /** LightlyTrain's name of the model. */
  model?: string;
}

/** Trains, then says where the exported model is. */
export function lightlyTrainScript({ out, data, multiLabel, model = 'dinov3/vitt16' }: LightlyTrainRun): Script {
  const text = `"""Trains on the labels that were saved. Needs: pip install lightly-train. Run it where the files of data are."""
import lightly_train

${data.trimEnd()}

if __name__ == "__main__":
    lightly_train.train_image_classification(
        out=${pythonText(out)},
        model=${pythonText(model)},
        data=data,
        classification_task=${multiLabel ? '"multilabel"' : '"multiclass"'},
    )
    print("The model is in", ${pythonText(`${out}/exported_models`)})
`;
  return { title: 'LightlyTrain', language: 'python', text };
}
