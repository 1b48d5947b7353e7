#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# check.sh <concept> <file> <compiler and flags ...>: the file compiles as it is, and with METAPATCH_MUST_FAIL the compiler
# refuses it, naming <concept>.
concept=$1 file=$2
shift 2
"$@" -fsyntax-only "$file" || { echo "$file does not compile as it is"; exit 1; }
if said=$("$@" -fsyntax-only -DMETAPATCH_MUST_FAIL "$file" 2>&1); then
    echo "$file compiles, although it must not"
    exit 1
fi
# As g++ and clang++ say it; the bare name of a concept is in the names of headers too.
if ! echo "$said" | grep -Eq "satisf(y|action of) [^ ]*$concept"; then
    echo "$file is refused without naming $concept:"
    echo "$said"
    exit 1
fi
