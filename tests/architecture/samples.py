"""Every folder of data-samples has a SOURCE.md that names each of its files with the checksum of today's bytes."""
import hashlib
import re

from tree import Breach, folder_of

PASSED_OVER = ("SOURCE.md", "CMakeLists.txt", "README.md")


def sample_breaches(tree):
    breaches = []
    for path in tree.files:
        folder, name = folder_of(path), path.rpartition("/")[2]
        # Scripts directly under data-samples run the samples; they are none.
        if not path.startswith("data-samples/") or name in PASSED_OVER or folder == "data-samples":
            continue
        source = f"{folder}/SOURCE.md"
        if source not in tree.names:
            breaches.append(Breach(path, 1, "sample-without-source", f"{source} is missing"))
            continue
        text = tree.text(source)
        if not re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text):
            breaches.append(Breach(path, 1, "sample-without-source", f"{source} does not name it"))
            continue
        digest = hashlib.sha256((tree.root / path).read_bytes()).hexdigest()
        if digest not in text.lower():
            breaches.append(Breach(path, 1, "sample-checksum", f"{source} does not hold its SHA-256, {digest}"))
    return breaches
