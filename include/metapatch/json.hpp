// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_HPP
#define METAPATCH_JSON_HPP

/// JSON texts and values, token by token, for whoever reads, compares or measures them; no patch is known here.
///
/// `read_value` and `read_state` make DOM values of texts; `scanner` tells the tokens of a text, and where it is wrong;
/// `position_in` and `cause_of` tell the line, the column, and why; `equal` compares as JSON; `serialized_size` and
/// `compact_size` measure without writing; `exact_dom` keeps the digits of every number; `value_walk` visits a value
/// without recursion. The rest is what these are made of: words of eight bytes, UTF-8, keys as numbers and in order.
#include <metapatch/json/temporary_text.hpp>

#include <metapatch/json/equal.hpp>
#include <metapatch/json/nearest_double.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/json/utf8.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/json/words.hpp>

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/measure.hpp>
#include <metapatch/json/scan.hpp>
#include <metapatch/json/text_position.hpp>

#include <metapatch/json/malformed_text.hpp>
#include <metapatch/json/open_keys.hpp>
#include <metapatch/json/text.hpp>

#include <metapatch/json/compact_size.hpp>
#include <metapatch/json/lexeme_dom.hpp>

#include <metapatch/json/exact_dom.hpp>

#endif
