"""Opens tables of a workspace as QGIS does and prints what it finds, as JSON.

read_layers.py SOURCE TABLE...          one look
read_layers.py SOURCE TABLE... --until FILE
                                        keeps the layers open and reloads them again and again until FILE exists

SOURCE is a GeoPackage. Of each table: whether it is valid, its system, the features counted and read, and the symbols
that a double click shows (the default style of layer_styles).
"""
import json
import os
import sys
import time

from qgis.core import QgsApplication, QgsVectorLayer, QgsVectorDataProvider


def symbols(layer):
    renderer = layer.renderer()
    if renderer is None:
        return None
    categories = renderer.categories() if renderer.type() == "categorizedSymbol" else []
    single = renderer.symbol().color().name() if renderer.type() == "singleSymbol" else None
    return {
        "renderer": renderer.type(),
        "colour": single,
        "categories": {str(c.value()): c.symbol().color().name() for c in categories},
    }


def read(layer):
    return sum(1 for feature in layer.getFeatures() if feature.hasGeometry())


def main(words):
    until = None
    if "--until" in words:
        place = words.index("--until")
        until = words[place + 1]
        words = words[:place] + words[place + 2:]
    source, tables = words[0], words[1:]
    layers = {name: QgsVectorLayer(f"{source}|layername={name}", name, "ogr") for name in tables}
    found = {}
    for name, layer in layers.items():
        found[name] = {
            "valid": layer.isValid(),
            "crs": layer.crs().authid(),
            "counted": layer.featureCount(),
            "read": read(layer),
            "editable": bool(layer.dataProvider().capabilities() & QgsVectorDataProvider.ChangeGeometries),
            "symbols": symbols(layer),
            "counts_seen": [],
        }
    print("opened", file=sys.stderr, flush=True)
    looks = 0
    while until and not os.path.exists(until):
        for name, layer in layers.items():
            layer.dataProvider().reloadData()  # F5
            count = read(layer)
            if count not in found[name]["counts_seen"]:
                found[name]["counts_seen"].append(count)
        looks += 1
        time.sleep(0.05)
    print(json.dumps({"looks": looks, "tables": found}))


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    main(sys.argv[1:])
    application.exitQgis()
