#!/bin/sh
# Writes ../resources/joblib. Takes a Python with NumPy 2 and one with NumPy 1, which joblib before 1.0 needs.
set -eu
new=$1
old=$2
here=$(dirname "$0")
for release in 1.6.0 1.1.1 0.11 0.9.4; do
    packages=$(mktemp -d)
    "$new" -m pip install -q --no-deps --target "$packages" "joblib==$release" lz4==4.4.4
    case $release in
        1.*) python=$new ;;
        *) python=$old ;;
    esac
    PYTHONPATH=$packages "$python" "$here/make_joblib_fixtures.py"
    rm -r "$packages"
done
