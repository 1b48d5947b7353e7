#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# prints.sh <start of what is printed> <program> <arguments ...>
words=$1
shift
said=$("$@")
case $said in
"$words"*) ;;
*)
    echo "printed: $said"
    echo "wanted:  $words"
    exit 1
    ;;
esac
