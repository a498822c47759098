"""Sources and tests that no CMakeLists.txt reached from the root names: they are not built, so nobody runs them."""
import re

from tree import Breach, folder_of

CALL = re.compile(r"\b(add_subdirectory|ranh_folders)\s*\(([^)]*)\)")


def without_comments(text):
    return re.sub(r"#[^\n]*", "", text)


def reached_lists(tree, folder="", seen=None):
    """CMakeLists.txt files that are read when the root's is, as {folder: text without comments}."""
    seen = {} if seen is None else seen
    path = f"{folder}/CMakeLists.txt".lstrip("/")
    if path not in tree.names or folder in seen:
        return seen
    seen[folder] = without_comments(tree.text(path))
    for match in CALL.finditer(seen[folder]):
        words = match[2].split()
        for word in words[:1] if match[1] == "add_subdirectory" else words:
            reached_lists(tree, f"{folder}/{word}".strip("/"), seen)
    return seen


def is_named(path, lists):
    """A list in the file's folder or in one above names it, relative to itself."""
    folder = folder_of(path)
    while True:
        name = path[len(folder):].lstrip("/")
        if folder in lists and re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w.-])", lists[folder]):
            return True
        if not folder:
            return False
        folder = folder_of(folder)


def listing_breaches(tree):
    lists = reached_lists(tree)
    breaches = []
    for path in tree.files:
        if not path.endswith(".cpp") or not path.startswith(("spatial/", "importers/", "services/", "tests/")):
            continue
        if not is_named(path, lists):
            rule = "test-nobody-runs" if path.startswith("tests/") else "source-nobody-builds"
            breaches.append(Breach(path, 1, rule, "no CMakeLists.txt reached from the root names it"))
    return breaches
