"""The JSON Schema of mapping files says of every case what the program says (mapping_test.cpp reads the same cases)."""
import json
import pathlib
import sys

import jsonschema
import yaml

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "importers/mapping/mapping.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
cases = root / "tests/unit/importers/mapping/cases"
good = sorted(cases.glob("good/*.yaml")) + sorted((root / "importers/mapping/ready").glob("*.yaml"))
bad = sorted(cases.glob("bad/*.yaml"))


def is_valid(path):
    return validator.is_valid(yaml.safe_load(path.read_text(encoding="utf-8")))


wrong = [str(path) for path in good if not is_valid(path)] + [str(path) for path in bad if is_valid(path)]
if wrong or len(good) < 5 or len(bad) < 15:
    sys.exit(f"the schema disagrees with the program about: {', '.join(wrong) or 'too few cases'}")
