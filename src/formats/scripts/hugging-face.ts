// A script that loads the written metadata with Hugging Face `datasets`.
import type { ExportDataset, Script } from '../types.ts';
import { pythonList, pythonText } from './python.ts';

/** What the script has to know of the written files. */
interface LoadedFiles {
  kind: 'jsonl' | 'csv' | 'parquet';
  place: 'split-folders' | 'root';
  labelKey: 'label' | 'categories';
}

/** Loads the folder, makes the class names a ClassLabel where each picture has one, and prints what is there. */
export function huggingFaceScript(dataset: ExportDataset, { kind, place, labelKey }: LoadedFiles): Script {
  const hasSplits = dataset.layout?.splitLevel != null;
  const single = labelKey === 'label' && !dataset.multiLabel;
  // Beside split folders the file at the root is only seen when it is named.
  const named = place === 'root' && hasSplits;
  const lines = [
    `"""Loads ${dataset.name.replaceAll(/["\\\r\n]/g, ' ')}: python load.py [FOLDER]. Needs: pip install datasets pillow"""`,
    'import sys',
    '',
    `from datasets import ${single ? 'ClassLabel, Value, ' : ''}load_dataset`,
    '',
    `folder = sys.argv[1] if len(sys.argv) > 1 else ${pythonText(dataset.name)}`,
    ...(single ? [`classes = ${pythonList(dataset.classes)}`] : []),
    named
      ? 'dataset = load_dataset("imagefolder", data_dir=folder, data_files={"train": "**"})'
      : 'dataset = load_dataset("imagefolder", data_dir=folder)',
    ...(single
      ? [
          'for split in dataset:',
          `    if "${labelKey}" in dataset[split].column_names:`,
          `        text = dataset[split].cast_column("${labelKey}", Value("string"))  # a CSV gives large strings`,
          `        dataset[split] = text.cast_column("${labelKey}", ClassLabel(names=classes))`,
        ]
      : []),
    'print(dataset)',
    'for split in dataset:',
    '    print(split, dataset[split][0])',
  ];
  return { title: `Hugging Face datasets (metadata.${kind})`, language: 'python', text: `${lines.join('\n')}\n` };
}
