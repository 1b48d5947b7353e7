// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_POLICY_RECORD_HPP
#define METAPATCH_MODULE_POLICY_RECORD_HPP

#include "../../functions/field_rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace border {

/// A policy that JavaScript has defined.
struct defined_policy : functions::field_rules {
    bool is_over_root = false; ///< the field is copied over its document: advice tells of collisions
};

/// What JavaScript writes for a policy, which it has checked: numbers of 32 bits, then strings, each behind the number of
/// its bytes.
class policy_record {
public:
    explicit policy_record(std::string_view bytes) noexcept : bytes_(bytes) {}

    defined_policy read()
    {
        defined_policy made{};
        auto& rules = made.rules;
        rules.merge.depth = number();
        rules.merge.on_empty = static_cast<metapatch::empty_body>(number());
        rules.merge.on_null = static_cast<metapatch::null_body>(number());
        rules.merge.cleared = static_cast<metapatch::cleared_field>(number());
        rules.keys.refuse_empty = number() != 0;
        rules.limits.max_members = number();
        rules.limits.max_key_code_points = number();
        rules.limits.values = static_cast<metapatch::value_types>(number());
        rules.limits.max_value_code_points = number();
        rules.limits.max_bytes = number();
        rules.read.max_nesting = number();
        rules.read.duplicates = static_cast<metapatch::duplicate_keys>(number());
        rules.read.max_violations = number();
        made.is_over_root = number() != 0;
        bool const allows = number() != 0;
        auto const characters = string();
        rules.keys.characters =
            allows ? metapatch::key_characters::only(characters) : metapatch::key_characters::all_but(characters);
        for (auto names = number(); names > 0; --names)
            rules.keys.reserved.emplace_back(string());
        made.is_document = tool::is_rfc7396(rules);
        return made;
    }

private:
    static_assert(metapatch::unlimited == 0xFFFFFFFF, "no limit is the same number on both sides");

    std::size_t number() noexcept
    {
        std::uint32_t value = 0;
        bytes_.copy(reinterpret_cast<char*>(&value), sizeof value);
        bytes_.remove_prefix(std::min(bytes_.size(), sizeof value));
        return value;
    }

    std::string_view string() noexcept
    {
        auto const size = std::min<std::size_t>(number(), bytes_.size());
        auto const text = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return text;
    }

    std::string_view bytes_;
};

} // namespace border

#endif
