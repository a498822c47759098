"""Lines of files and of C++ functions: reported always, a breach over the limit without a reason in size-exceptions.csv."""
import re
from dataclasses import dataclass

from tree import Breach

FILE_LIMIT = 600
FUNCTION_LIMIT = 80
SIZED = (".cpp", ".hpp", ".ts", ".js", ".mjs", ".py", ".sh")

SKIPPED = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'"
    r"|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.DOTALL | re.MULTILINE)
SCOPE = re.compile(r"^\s*(?:template\s*<.*>\s*)?(?:inline\s+)?(?:export\s+)?(?:typedef\s+)?(?:extern\b|namespace\b|class\b|struct\b|union\b|enum\b)",
                   re.DOTALL)
INITIALIZER = re.compile(r"[\w>\]]\s*$")
AFTER_SIGNATURE = re.compile(r"\b(?:const|noexcept|override|final|mutable|try|else|do)\s*$")
# What may stand before a member function on lines of its own.
ACCESS = re.compile(r"(?:\s*(?:public|private|protected)\s*:)*\s*")


@dataclass(frozen=True)
class Function:
    path: str
    line: int
    name: str
    lines: int


def blanked(text):
    """The text with comments, literals and preprocessor lines as blanks, so that every brace left is one of the code."""
    return SKIPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def name_of(head):
    """The word before the first bracket of parameters; for a test its two names."""
    test = re.match(r"\s*(TEST(?:_F|_P)?|TYPED_TEST)\s*\(\s*(\w+)\s*,\s*(\w+)", head)
    if test:
        return f"{test[2]}.{test[3]}"
    call = re.search(r"([\w:~]+|operator\s*[^\s(]+|operator\s*\(\s*\))\s*\(", head)
    return call[1] if call else "?"


def opens_function(head):
    if "(" not in head or SCOPE.match(head):
        return False
    return not re.search(r"(?<![=!<>])=\s*$", head)


def opens_initializer(head):
    """A brace after `: m_box` in a list of members, or after a type in a default argument."""
    return bool(re.search(r"\)[^;{}]*:", head, re.DOTALL) and INITIALIZER.search(head)
                and not AFTER_SIGNATURE.search(head)) or head.count("(") > head.count(")")


def functions_of(path, text):
    """Every function body at the level of a namespace or class, by counting braces."""
    found, kinds, code = [], [], blanked(text)
    start = 0
    for match in re.finditer(r"[{};]", code):
        at, mark = match.start(), match[0]
        inside = "function" in kinds or "value" in kinds
        head = code[start:at]
        if mark == "{":
            if inside:
                kinds.append("inner")
            elif opens_initializer(head):
                kinds.append("value")
            elif opens_function(head):
                first = start + ACCESS.match(head).end()
                kinds.append("function")
                opened = (first, name_of(head))
            else:
                kinds.append("scope")
                start = at + 1
        elif mark == "}" and kinds:
            kind = kinds.pop()
            if kind == "function":
                line = code.count("\n", 0, opened[0]) + 1
                found.append(Function(path, line, opened[1], code.count("\n", opened[0], at) + 1))
            if kind in ("function", "scope"):
                start = at + 1
        elif mark == ";" and not inside:
            start = at + 1
    return found


def all_functions(tree):
    return [function for path in tree.code() for function in functions_of(path, tree.text(path))]


def file_lines(tree):
    return {path: tree.text(path).count("\n") for path in tree.files
            if path.endswith(SIZED) and tree.text(path) is not None}


def size_breaches(tree):
    reasons = {(row["path"], row["name"]): row["reason"].strip() for row in tree.table("size-exceptions.csv")}
    breaches, used = [], set()

    def judge(path, line, name, lines, limit, what):
        if lines <= limit:
            return
        used.add((path, name))
        if not reasons.get((path, name)):
            breaches.append(Breach(path, line, "size", f"{what} has {lines} lines, over {limit}; split it, or write the "
                                   "reason into tests/architecture/size-exceptions.csv"))

    for path, lines in file_lines(tree).items():
        judge(path, 1, "", lines, FILE_LIMIT, "the file")
    for function in all_functions(tree):
        judge(function.path, function.line, function.name, function.lines, FUNCTION_LIMIT, function.name)
    for path, name in sorted(set(reasons) - used):
        breaches.append(Breach("tests/architecture/size-exceptions.csv", 1, "size", f"{path} {name} needs no exception"))
    return breaches


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else 0


def size_report(tree):
    files, functions = file_lines(tree), all_functions(tree)
    lengths = [function.lines for function in functions]
    lines = [f"files: {len(files)}, lines median {share(list(files.values()), .5)}, p90 {share(list(files.values()), .9)}; "
             f"functions: {len(functions)}, lines median {share(lengths, .5)}, p90 {share(lengths, .9)}, "
             f"p99 {share(lengths, .99)}"]
    for path, count in sorted(files.items(), key=lambda item: -item[1])[:5]:
        lines.append(f"  {count:5} lines  {path}")
    for function in sorted(functions, key=lambda function: -function.lines)[:5]:
        lines.append(f"  {function.lines:5} lines  {function.path}:{function.line} {function.name}")
    return "\n".join(lines)
