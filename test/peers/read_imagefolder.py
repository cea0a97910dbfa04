"""Loads a folder as Hugging Face imagefolder and prints features and rows by split as JSON; opens every picture.

python read_imagefolder.py FOLDER          Needs: datasets, pillow. Nothing is sent anywhere.
"""
import json
import os
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"


def main(folder):
    root = os.path.realpath(folder)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["HF_HOME"] = cache
        import datasets

        datasets.disable_progress_bars()
        datasets.logging.set_verbosity_error()
        loaded = datasets.load_dataset("imagefolder", data_dir=root, cache_dir=cache)
        result = {}
        for split, data in loaded.items():
            sizes = [row["image"].size for row in data]
            plain = data.cast_column("image", datasets.Image(decode=False))
            rows = [
                {**row, "image": os.path.relpath(row["image"]["path"], root).replace(os.sep, "/")} for row in plain
            ]
            result[split] = {"columns": data.column_names, "rows": rows, "opened": len(sizes)}
        print(json.dumps(result, default=str))


main(sys.argv[1])
