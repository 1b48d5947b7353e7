#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# check.sh <words> <file> <compiler and flags ...>: the file compiles as it is, and with METAPATCH_MUST_FAIL the compiler
# refuses it, saying <words>, a regular expression.
words=$1 file=$2
shift 2
"$@" -fsyntax-only "$file" || { echo "$file does not compile as it is"; exit 1; }
if said=$("$@" -fsyntax-only -DMETAPATCH_MUST_FAIL "$file" 2>&1); then
    echo "$file compiles, although it must not"
    exit 1
fi
if ! echo "$said" | grep -Eq "$words"; then
    echo "$file is refused without saying $words:"
    echo "$said"
    exit 1
fi
