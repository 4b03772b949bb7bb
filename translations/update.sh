#!/bin/sh
# Brings the sentences of core into the table of the console and new strings of the sources into the catalogues, as the targets ui_shell_lupdate and ui_plurals_lupdate do, without a build.
set -eu
cd "$(dirname "$0")/.."
lupdate=${LUPDATE:-/usr/lib/qt6/bin/lupdate}
python3 translations/core_sentences.py
"$lupdate" -silent -no-obsolete -locations none -source-language en -target-language de ui -ts translations/gatehouse_de.ts
"$lupdate" -silent -no-obsolete -locations none -pluralonly -source-language en -target-language en ui -ts translations/gatehouse_en.ts
