// SPDX-License-Identifier: BSL-1.0

// The exports of both modules: memory for texts, policies, and a patch from text to text.

#include "apply.hpp"

#include <new>

extern "C" {

/// Room for so many bytes of input; where it grows, what was written is lost.
[[clang::export_name("reserve")]] char* reserve(std::size_t bytes)
{
    auto& input = border::of_instance().input;
    if (input.size() < bytes) {
        input = std::string();
        input.resize(bytes);
    }
    return input.data();
}

/// The policy whose record was written as input.
[[clang::export_name("define_policy")]] border::defined_policy* define_policy(std::size_t bytes)
{
    std::string_view const input = border::of_instance().input;
    return new border::defined_policy(border::policy_record(input.substr(0, bytes)).read());
}

[[clang::export_name("forget_policy")]] void forget_policy(border::defined_policy* policy)
{
    delete policy;
}

/// Apply a patch to what is stored: the input is the one behind the other.
///
/// @param stored, patch  bytes, or `missing`
[[clang::export_name("apply")]] border::status apply(border::defined_policy const* policy, std::uint32_t stored,
                                                     std::uint32_t patch, bool trusted)
{
    using border::written_text;
    auto& [input, output] = border::of_instance();
    std::string_view const written = input;
    auto const behind = stored == written_text::missing ? 0 : stored;
    auto const before = stored == written_text::missing ? border::text() : written.substr(0, stored);
    auto const changes = patch == written_text::missing ? border::text() : written.substr(behind, patch);
    auto made = border::applied(before, changes, *policy,
                                trusted ? metapatch::stored_text::trusted : metapatch::stored_text::checked);
    output.clear();
    if (!made) {
        functions::json_answer answer(output, functions::documents::texts);
        border::write_refused(answer, made.error(), before, changes);
        return border::status::answer;
    }
    if (!*made)
        return border::status::absent;
    output = *std::move(*made);
    return border::status::present;
}

[[clang::export_name("output")]] char const* output()
{
    return border::of_instance().output.data();
}

[[clang::export_name("output_size")]] std::size_t output_size()
{
    return border::of_instance().output.size();
}
}
