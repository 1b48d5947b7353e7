// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_HPP
#define METAPATCH_SPLICE_HPP

/// Patches from text to text: every byte that a patch does not name is kept. The fast path.
///
/// `text_patch` is a patch's text, read and checked once; `splice` applies it to a stored text, into a string, a buffer
/// or a list of pieces; `spliced` does both for a text at a time; `member_index` is kept beside a stored text, so that
/// nothing is searched; `stored_text` says whether a stored text is checked or trusted.
#include <metapatch/splice/patch_members.hpp>
#include <metapatch/splice/splice_output.hpp>
#include <metapatch/splice/stored_text.hpp>
#include <metapatch/splice/text_place.hpp>

#include <metapatch/splice/patch_tree.hpp>

#include <metapatch/splice/patch_content.hpp>

#include <metapatch/splice/text_patch.hpp>

#include <metapatch/splice/text_merge.hpp>

#include <metapatch/splice/member_index.hpp>

#include <metapatch/splice/merge_plan.hpp>

#include <metapatch/splice/planned_merge.hpp>

#include <metapatch/splice/splice.hpp>

#endif
