"""The JSON Schema of profile files says of every case what the program says (validation_profile_test.cpp reads the same cases)."""
import json
import pathlib
import sys

import jsonschema
import yaml

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "services/app/validation_profile.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
cases = root / "tests/unit/services/app/profiles"
good = sorted(cases.glob("good/*.yaml"))
bad = sorted(cases.glob("bad/*.yaml"))


def is_valid(path):
    return validator.is_valid(yaml.safe_load(path.read_text(encoding="utf-8")))


wrong = [str(path) for path in good if not is_valid(path)] + [str(path) for path in bad if is_valid(path)]
if wrong or len(good) < 3 or len(bad) < 10:
    sys.exit(f"the schema disagrees with the program about: {', '.join(wrong) or 'too few cases'}")
