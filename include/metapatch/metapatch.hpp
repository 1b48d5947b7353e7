// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_METAPATCH_HPP
#define METAPATCH_METAPATCH_HPP

/// Merging, validating and permissions for a vendor's fields as for your own, floor by floor. `metapatch/algebra.hpp`
/// adds the operations on patches, `metapatch/auth0.hpp` Auth0's fields and requests.
#include <metapatch/version.hpp>

#include <metapatch/equal.hpp>
#include <metapatch/error.hpp>
#include <metapatch/findings.hpp>
#include <metapatch/sorted_keys.hpp>
#include <metapatch/utf8.hpp>
#include <metapatch/walk.hpp>
#include <metapatch/white_space.hpp>
#include <metapatch/words.hpp>

#include <metapatch/bytes64.hpp>
#include <metapatch/fingerprint.hpp>
#include <metapatch/key_rule.hpp>
#include <metapatch/measure.hpp>
#include <metapatch/scalars.hpp>
#include <metapatch/scan.hpp>
#include <metapatch/scope.hpp>
#include <metapatch/splice_output.hpp>
#include <metapatch/violation.hpp>

#include <metapatch/access.hpp>
#include <metapatch/blocks.hpp>
#include <metapatch/open_keys.hpp>
#include <metapatch/text.hpp>
#include <metapatch/text_place.hpp>
#include <metapatch/utf8_blocks.hpp>
#include <metapatch/vectors64.hpp>
#include <metapatch/wanted_keys.hpp>

#include <metapatch/compact_size.hpp>
#include <metapatch/lexeme_dom.hpp>
#include <metapatch/policy.hpp>
#include <metapatch/search_run.hpp>

#include <metapatch/member_search.hpp>
#include <metapatch/patch.hpp>
#include <metapatch/rules.hpp>

#include <metapatch/members.hpp>

#include <metapatch/is_json.hpp>

#include <metapatch/outline.hpp>
#include <metapatch/stored_text.hpp>

#include <metapatch/merge.hpp>
#include <metapatch/text_patch.hpp>
#include <metapatch/validate.hpp>

#include <metapatch/apply.hpp>
#include <metapatch/merge_patch.hpp>
#include <metapatch/text_merge.hpp>

#include <metapatch/member_index.hpp>

#include <metapatch/splice.hpp>

#endif
