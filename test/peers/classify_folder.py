"""Runs the class `Classifier` of the Ray Data script without Ray on the files of a folder and prints embeddings and rows as JSON.

python classify_folder.py SCRIPT BACKBONE PROBE FOLDER          Needs: onnxruntime, pillow, numpy
"""
import importlib.util
import json
import os
import sys

import numpy as np

script, backbone, probe, folder = sys.argv[1:]
spec = importlib.util.spec_from_file_location("classify", script)
classify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(classify)

names = sorted(name for name in os.listdir(folder) if name.endswith((".png", ".bad")))
data = [open(os.path.join(folder, name), "rb").read() for name in names]
classifier = classify.Classifier(backbone, probe, root=folder)
rows = classifier({"path": np.array([os.path.join(folder, name) for name in names]), "bytes": np.array(data, dtype=object)})
readable = [name for name in names if name.endswith(".png")]
images = [classify.upright_rgb(open(os.path.join(folder, name), "rb").read()) for name in readable]
embeddings = classifier.embed(images)
print(
    json.dumps(
        {
            "embeddings": {name: row.tolist() for name, row in zip(readable, embeddings)},
            "rows": {key: [None if value != value else value for value in values.tolist()] for key, values in rows.items()},
        }
    )
)
