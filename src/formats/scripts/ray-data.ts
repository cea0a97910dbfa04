// A script that classifies any folder or bucket on a cluster with Ray Data: the exported backbone and probe, the card's preprocessing.
import type { Script } from '../types.ts';
import { pythonText } from './python.ts';

/** Names of the files beside the script. */
export interface RayDataFiles {
  /** Folder of the backbone: card.json and the ONNX file that it names. */
  backbone: string;
  /** The exported probe. */
  probe: string;
}

/**
 * Writes one row a picture: file_name, predicted, confidence and a probability for each class, as Parquet or CSV parts whose columns the
 * import of metadata knows. Pictures that cannot be read have an error instead. The class `Classifier` also works without Ray.
 */
export function rayDataScript({ backbone, probe }: RayDataFiles): Script {
  const text = `"""Classifies pictures with a backbone and a probe that Vitrine exported, on one machine or a cluster.

    python classify.py PICTURES --out predictions [--format csv] [--workers 8]

PICTURES is a folder or a bucket (s3://…, gs://…). Needs: pip install "ray[data]" onnxruntime pillow numpy
"""
import argparse
import io
import json
import math
import os

import numpy as np
import onnxruntime
from PIL import Image, ImageOps

EXTENSIONS = ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "gif", "tif", "tiff", "pgm", "ppm", "pbm", "pnm"]
FILTERS = {
    "bicubic": Image.Resampling.BICUBIC,
    "bilinear": Image.Resampling.BILINEAR,
    "nearest": Image.Resampling.NEAREST,
}


def upright_rgb(data):
    """The picture as it is shown: upright, over white, 8 bits a channel."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        raise ValueError("pictures with more than 8 bits a channel are not scaled here as Vitrine does")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def resized_box(image, spec):
    """Size after the resize that the card asks for."""
    width, height = image.size
    if spec["mode"] == "squash":
        return spec["size"][1], spec["size"][0]
    side = spec["size"]
    return (side, int(side * height / width)) if width <= height else (int(side * width / height), side)


def pixels_of(image, spec):
    """float32 [C, H, W] or [H, W, C]: resized, cropped and normalised as the card says. Only what survives the crop is computed."""
    if not spec["resize"].get("antialias", False) and spec["resize"]["interpolation"] != "nearest":
        raise SystemExit("This backbone resizes without antialiasing, which Pillow does not do.")
    height, width = spec["size"]
    full_width, full_height = resized_box(image, spec["resize"])
    left, top = max(0, round((full_width - width) / 2)), max(0, round((full_height - height) / 2))
    inner = (min(width, full_width), min(height, full_height))
    x, y = image.width / full_width, image.height / full_height
    box = (left * x, top * y, (left + inner[0]) * x, (top + inner[1]) * y)
    if (full_width, full_height) == image.size:
        part = image.crop((left, top, left + inner[0], top + inner[1]))
    else:
        part = image.resize(inner, FILTERS[spec["resize"]["interpolation"]], box)
    canvas = Image.new("RGB", (width, height))
    canvas.paste(part, ((width - inner[0]) // 2, (height - inner[1]) // 2))
    values = np.asarray(canvas, dtype=np.float32)
    if spec["color"] == "BGR":
        values = values[:, :, ::-1]
    if spec["dtype"] == "uint8":
        values = values.astype(np.uint8)
    else:
        mean, std = np.float32(spec["mean"]), np.float32(spec["std"])
        values = ((values * np.float32(spec["scale"]) - mean) / std).astype(np.dtype(spec["dtype"]))
    return values.transpose(2, 0, 1) if spec["layout"] == "NCHW" else values


def pooled(output, spec):
    """[N, D] out of what the graph gives: tokens are taken together as the card says."""
    pool, prefix = spec.get("pool", "none"), spec.get("prefix", 1)
    output = output.astype(np.float32)
    if pool == "first":
        output = output[:, 0]
    elif pool == "mean":
        output = output.mean(axis=1)
    elif pool == "mean-rest":
        output = output[:, prefix:].mean(axis=1)
    elif pool == "first+mean-rest":
        output = np.concatenate([output[:, 0], output[:, prefix:].mean(axis=1)], axis=1)
    if spec.get("normalize", False):
        output = output / np.maximum(np.linalg.norm(output, axis=1, keepdims=True), 1e-12)
    return output


class Classifier:
    """Takes batches of {"path", "bytes"}, gives {"file_name", "predicted", "confidence", "probability_…", "error"}."""

    def __init__(self, backbone, probe, root="", threads=0):
        with open(os.path.join(backbone, "card.json"), encoding="utf-8") as file:
            self.card = json.load(file)
        model = next(file["path"] for file in self.card["files"] if file["role"] == "model")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        providers = onnxruntime.get_available_providers()
        self.backbone = onnxruntime.InferenceSession(os.path.join(backbone, model), options, providers=providers)
        self.probe = onnxruntime.InferenceSession(probe, options, providers=["CPUExecutionProvider"])
        self.classes = json.loads(self.probe.get_modelmeta().custom_metadata_map["classes"])
        self.root = root

    def embed(self, images):
        """Pictures as float32 [N, D]."""
        spec, output = self.card["input"], self.card["outputs"]["embedding"]
        pixels = np.stack([pixels_of(image, spec) for image in images])
        fixed = self.card["batch"]
        if fixed == "free":
            return pooled(self.backbone.run([output["name"]], {spec["name"]: pixels})[0], output)
        rows = []
        for start in range(0, len(pixels), fixed):
            part = pixels[start : start + fixed]
            padded = np.concatenate([part, np.repeat(part[-1:], fixed - len(part), axis=0)])
            rows.append(self.backbone.run([output["name"]], {spec["name"]: padded})[0][: len(part)])
        return pooled(np.concatenate(rows), output)

    def __call__(self, batch):
        images, places, errors = [], [], [""] * len(batch["path"])
        for place, data in enumerate(batch["bytes"]):
            try:
                images.append(upright_rgb(data))
                places.append(place)
            except Exception as error:  # one bad file must not end the job
                errors[place] = str(error)
        probabilities = np.full((len(errors), len(self.classes)), np.nan, dtype=np.float32)
        if images:
            inputs = {self.probe.get_inputs()[0].name: self.embed(images)}
            probabilities[places] = self.probe.run(["probabilities"], inputs)[0]
        read = ~np.isnan(probabilities[:, 0])
        best = np.where(read, np.nan_to_num(probabilities).argmax(axis=1), -1)
        return {
            "file_name": np.array([relative(path, self.root) for path in batch["path"]], dtype=object),
            "predicted": np.array([self.classes[k] if k >= 0 else "" for k in best], dtype=object),
            "confidence": np.where(read, np.nan_to_num(probabilities).max(axis=1), np.nan).astype(np.float32),
            **{f"probability_{name}": probabilities[:, k] for k, name in enumerate(self.classes)},
            "error": np.array(errors, dtype=object),
        }


def relative(path, root):
    """The path below the folder that was given."""
    bare = root.split("://", 1)[-1].rstrip("/")
    path = path.split("://", 1)[-1]
    return path[len(bare) + 1 :] if bare and path.startswith(bare + "/") else path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures")
    parser.add_argument("--backbone", default=${pythonText(backbone)}, help="folder with card.json and the model")
    parser.add_argument("--probe", default=${pythonText(probe)})
    parser.add_argument("--out", default="predictions")
    parser.add_argument("--format", choices=["parquet", "csv"], default="parquet")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    parser.add_argument("--gpus", type=float, default=0, help="GPUs of a worker")
    args = parser.parse_args()

    import ray

    root = args.pictures if "://" in args.pictures else os.path.abspath(args.pictures)
    backbone, probe = os.path.abspath(args.backbone), os.path.abspath(args.probe)
    pictures = ray.data.read_binary_files(root, include_paths=True, file_extensions=EXTENSIONS)
    rows = pictures.map_batches(
        Classifier,
        fn_constructor_args=(backbone, probe, root, max(1, math.floor((os.cpu_count() or 1) / args.workers))),
        batch_size=args.batch,
        concurrency=(1, args.workers),
        num_gpus=args.gpus,
    )
    write = rows.write_csv if args.format == "csv" else rows.write_parquet
    write(args.out if "://" in args.out else os.path.abspath(args.out))
    print(f"The predictions are in {args.out}: open them in Vitrine beside the pictures, as metadata.")


if __name__ == "__main__":
    main()
`;
  return { title: 'Ray Data: classify a folder or bucket', language: 'python', text };
}
