# SPDX-License-Identifier: BSL-1.0
# Whether of these objects metapatch.cpp's alone has what reads a request's body.
has_it() { nm -C "$1" | grep -q ' W metapatch::auth0::detail::text_body::read('; }
found=
for object; do
    case $object in
    *metapatch.cpp*) has_it "$object" && found=yes ;;
    *) ! has_it "$object" || { echo "$object has it too"; exit 1; } ;;
    esac
done
[ "$found" ]
