// The Python script that loads written files into LightlyStudio 1.0: by the end of the path, because file names repeat.
import type { ExportDataset } from '../types.ts';
import { metadataFields, type StudioWriteOptions } from './write-options.ts';

/** Functions that turn a cell into LightlyStudio's type, by Vitrine's. */
const CONVERSIONS: Readonly<Record<string, string>> = {
  integer: 'int',
  number: 'float',
  boolean: 'lambda text: text == "true"',
  json: 'json.loads',
};

/** The script. Python literals are JSON strings: both know the same escapes. */
export function loadingScript(dataset: ExportDataset, options: StudioWriteOptions): string {
  const types = metadataFields(dataset).map(
    ({ name, type }) => `    ${JSON.stringify(name)}: ${CONVERSIONS[type] ?? 'str'},`,
  );
  const folder = JSON.stringify(options.folder === '' ? '.' : options.folder);
  return [
    '# Loads the files beside it into LightlyStudio 1.0: metadata by file name or path, labels as classifications.',
    'import csv',
    'import json',
    'from pathlib import Path',
    '',
    'import lightly_studio as ls',
    'from lightly_studio.core.annotation import CreateClassification',
    '',
    'HERE = Path(__file__).parent',
    `PICTURES = ${folder}`,
    'TYPES = {',
    ...types,
    '}',
    '',
    'dataset = ls.ImageDataset.load_or_create()',
    'dataset.add_images_from_path(path=PICTURES)',
    'samples = {}',
    'for sample in dataset:',
    '    parts = Path(sample.file_path_abs).parts',
    '    for start in range(len(parts)):',
    '        samples.setdefault("/".join(parts[start:]), []).append(sample)',
    '',
    '',
    'def find(path):',
    '    """The one sample whose path ends so; None where it is not listed or not the only one."""',
    '    found = samples.get("/".join(Path(path).parts).replace("//", "/"), [])',
    '    if len(found) != 1:',
    '        print(f"{path}: {len(found)} samples, left out")',
    '    return found[0] if len(found) == 1 else None',
    '',
    '',
    ...(options.metadata === 'csv'
      ? [
          'with open(HERE / "metadata.csv", newline="", encoding="utf-8") as file:',
          '    for row in csv.DictReader(file):',
          '        sample = find(row.pop("file_name"))',
          '        if sample is not None:',
          '            sample.metadata.update({key: TYPES[key](text) for key, text in row.items() if text != ""})',
          '',
        ]
      : []),
    ...(options.metadata === 'json'
      ? [
          'for path, values in json.loads((HERE / "metadata.json").read_text("utf-8")).items():',
          '    sample = find(path)',
          '    if sample is not None:',
          '        sample.metadata.update({key: value for key, value in values.items() if value is not None})',
          '',
        ]
      : []),
    ...(options.classifications
      ? [
          'with open(HERE / "classification_export.csv", newline="", encoding="utf-8") as file:',
          '    for row in csv.DictReader(file):',
          '        sample = find(row["file_path_abs"])',
          '        if sample is not None:',
          '            confidence = float(row["confidence"]) if row["confidence"] else None',
          '            label = CreateClassification(class_name=row["class_name"], confidence=confidence)',
          '            sample.add_annotation(label, annotation_source=row["annotation_source"])',
          '',
        ]
      : []),
    'ls.start_gui()',
    '',
  ].join('\n');
}
