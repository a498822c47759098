"""Every check that .clang-tidy disables has its reason below its name."""
import re

from tree import Breach

DISABLED = re.compile(r"^  -([a-z][a-z.-]*[a-z]),?$", re.MULTILINE)
REASON = re.compile(r"^# ([a-z][a-z.-]*[a-z])\n#   \S", re.MULTILINE)


def reason_breaches(tree):
    if ".clang-tidy" not in tree.names:
        return []
    text = tree.text(".clang-tidy")
    disabled, explained = set(DISABLED.findall(text)), set(REASON.findall(text))
    return [Breach(".clang-tidy", 1, "tidy-reason",
                   f"{name} is disabled without a reason" if name in disabled else f"{name} has a reason and is not disabled")
            for name in sorted(disabled ^ explained)]
