// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "profile_text.hpp"
#include "progress.hpp"
#include "refusal.hpp"
#include "writer.hpp"

#include <metapatch/json/compact_size.hpp>
#include <metapatch/json/scan.hpp>

#include <unistd.h>

namespace tool {

namespace {

/// The bytes of the text of a field, which must be an object.
metapatch::result<std::size_t> size_of_field(std::string_view text, metapatch::read_rules rules)
{
    auto size = metapatch::compact_size(text, rules);
    if (size && metapatch::scanner(text).next() != metapatch::token::object_begin)
        return metapatch::report({.code = metapatch::errc::expected_object});
    return size;
}

/// The bytes of the field that a document is or holds; 0 where that is absent.
metapatch::result<std::size_t> size_of(std::string_view document, std::string const& field, metapatch::read_rules rules)
{
    if (field.empty())
        return is_null(document) ? std::size_t{0} : size_of_field(document, rules);
    profile_text profile(field);
    if (auto cut = profile.read(document); !cut)
        return std::move(cut).error();
    auto const text = profile.field();
    if (!text)
        return std::size_t{0};
    auto size = size_of_field(*text, rules);
    if (!size)
        return moved_by(size.error(), profile.field_offset());
    return size;
}

} // namespace

exit_status size(options const& asked)
{
    auto const policy = optional_policy(asked);
    auto const limit = policy ? policy->policy.limits.max_bytes : metapatch::unlimited;
    auto const rules = policy ? policy->policy.read : metapatch::read_rules{.max_nesting = metapatch::nesting_ceiling};
    auto const size = size_of(read_argument(*asked.stored), asked.field, rules);

    metapatch::report why;
    if (!size)
        why = size.error();
    else if (*size > limit)
        why.add({.code = metapatch::errc::too_large, .limit = limit, .actual = *size});

    auto out = writer::to_standard_output();
    bool const text = answers_in_text(asked);
    if (!why.empty()) {
        refusal const refused{part::stored, std::move(why)};
        out.write(text ? to_text(refused, policy ? policy->name : "JSON", colours(asked.color, STDOUT_FILENO))
                       : to_json_line(refused));
    } else if (text) {
        out.write(grouped(*size) + " bytes" +
                  (limit != metapatch::unlimited
                       ? " of " + grouped(limit) + " that " + printable(policy->name) + " admits"
                       : "") +
                  '\n');
    } else {
        out.write(std::to_string(*size) + '\n');
    }
    out.finish();
    return size && *size <= limit ? exit_status::applied : exit_status::refused;
}

} // namespace tool
