#!/usr/bin/env python3
"""Writes update-site/fiji-pins.tsv: every artifact that the parent pins, in its version, and whether Fiji itself
lists it.

    mvn help:effective-pom -Doutput=effective.xml      # in a folder with a pom.xml that has the parent and nothing else
    python3 fiji_pins.py effective.xml fiji/pom.xml > update-site/fiji-pins.tsv

fiji/pom.xml is the one of https://github.com/fiji/fiji of the release to compare with.
"""

import sys
import xml.etree.ElementTree as ET

NS = "{http://maven.apache.org/POM/4.0.0}"


def dependencies(node):
    for d in node.findall(f"{NS}dependencies/{NS}dependency"):
        def text(key):
            found = d.find(NS + key)
            return "" if found is None or found.text is None else found.text.strip()
        if text("type") in ("", "jar") and text("scope") not in ("test", "import"):
            yield text("groupId"), text("artifactId"), text("classifier"), text("version")


effective = ET.parse(sys.argv[1]).getroot()
fiji = ET.parse(sys.argv[2]).getroot()
listed = {(g, a) for g, a, c, v in dependencies(fiji)}
parent = effective.find(f"{NS}parent/{NS}version").text
if parent != fiji.find(f"{NS}parent/{NS}version").text:
    sys.exit("The two have different parents")
pins = {(g, a): v for g, a, c, v in dependencies(effective.find(NS + "dependencyManagement"))}
pins.update({ga: "?" for ga in listed if ga not in pins})
print(
    f"# org.scijava:pom-scijava\t{parent}\tartifact, version, 'fiji' where Fiji {fiji.find(NS + 'version').text} "
    f"lists it itself"
)
for (g, a), version in sorted(pins.items()):
    print(f"{g}:{a}\t{version}\t{'fiji' if (g, a) in listed else ''}".rstrip())
