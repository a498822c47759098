"""The files under the project's root that belong to it, and the form of a breach."""
import csv
import subprocess
from dataclasses import dataclass
from pathlib import Path

CODE = (".cpp", ".hpp")


@dataclass(frozen=True)
class Breach:
    path: str
    line: int
    rule: str
    sentence: str

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.rule}] {self.sentence}"


class Tree:
    """Paths are relative to the root, with forward slashes. Data tables are those of the tree itself."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.files = sorted(path for path in self._listed() if (self.root / path).is_file())
        self.names = set(self.files)

    def _listed(self):
        if (self.root / ".git").exists():
            listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                    cwd=self.root, capture_output=True, check=True).stdout.decode()
            return set(filter(None, listed.split("\0")))
        aside = {"build", "demo", "node_modules", "__pycache__"}
        return {path.relative_to(self.root).as_posix() for path in self.root.rglob("*")
                if not aside & set(path.relative_to(self.root).parts)}

    def text(self, path):
        """The file as text, or None where it is not text."""
        content = (self.root / path).read_bytes()
        if b"\0" in content[:8000]:
            return None
        return content.decode("utf-8", errors="replace")

    def code(self):
        return [path for path in self.files if path.endswith(CODE)]

    def table(self, name):
        path = self.root / "tests/architecture" / name
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def folder_of(path):
    return path.rpartition("/")[0]
