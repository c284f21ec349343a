"""Writes what is made from the templates and values.yaml."""

import chart
import documented_values

documented_values.SCHEMA.write_text(documented_values.schema_with_descriptions())
documented_values.README.write_text(documented_values.readme_with_table())
for case in chart.cases():
    files = chart.golden(case)
    for old in case.glob("out-*"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (case / name).write_text(text)
    print(f"{case.name}: {len(files)} files")
