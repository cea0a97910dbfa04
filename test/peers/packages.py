"""Prints which of the named packages can be imported, as a JSON list: python packages.py datasets PIL …"""
import importlib.util
import json
import sys

print(json.dumps([name for name in sys.argv[1:] if importlib.util.find_spec(name) is not None]))
