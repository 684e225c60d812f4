"""The limit of the disk: all texts from one pickle, written. `writing.py PICKLE OUTPUT`."""

import os
import pickle
import sys

source, output = sys.argv[1:]
with open(source, "rb") as file:
    texts = pickle.load(file)
made = set()
for path, content in texts.items():
    target = f"{output}/{path}"
    parent = os.path.dirname(target)
    if parent not in made:
        os.makedirs(parent, exist_ok=True)
        made.add(parent)
    with open(target, "wb") as file:
        file.write(content)
