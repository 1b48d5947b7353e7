#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# check.sh <words> <file> <compiler and flags ...>: the file compiles as it is, and with METAPATCH_MUST_FAIL the compiler
# refuses it, saying <words>, a regular expression.
#   LINES_READ  in how many lines it has to say so; all, where it is not set
#   MUST_FAIL   another flag by which the file must fail
words=$1 file=$2
shift 2
"$@" -fsyntax-only "$file" || { echo "$file does not compile as it is"; exit 1; }
if said=$("$@" -fsyntax-only "${MUST_FAIL:--DMETAPATCH_MUST_FAIL}" "$file" 2>&1); then
    echo "$file compiles, although it must not"
    exit 1
fi
if ! echo "$said" | head -n "${LINES_READ:-999999}" | grep -Eq "$words"; then
    echo "$file is refused without saying $words:"
    echo "$said"
    exit 1
fi
