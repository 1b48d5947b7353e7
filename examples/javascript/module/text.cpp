// SPDX-License-Identifier: BSL-1.0

// The exports of both modules: memory for texts, policies, and a patch from text to text.

#include "apply.hpp"
#include "units.hpp"

#include <new>
#include <optional>
#include <span>
#include <string_view>

namespace border {

namespace {

std::optional<patched_field> last_patched; // its pieces are read behind the call

/// Whether JavaScript puts pieces together sooner than it decodes one text: each of them costs it a call or two.
bool are_long(std::span<std::string_view const> pieces) noexcept
{
    constexpr std::size_t on_average = 256;
    std::size_t bytes = 0;
    for (auto const& piece : pieces)
        bytes += piece.size();
    return bytes >= pieces.size() * on_average;
}

} // namespace

} // namespace border

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
/// @param in_pieces      whether JavaScript takes the new text in pieces, where those are long
[[clang::export_name("apply")]] border::status apply(border::defined_policy const* policy, std::uint32_t stored,
                                                     std::uint32_t patch, bool trusted, bool in_pieces)
{
    using border::written_text;
    auto& [input, output] = border::of_instance();
    std::string_view const written = input;
    auto const behind = stored == written_text::missing ? 0 : stored;
    auto const before = stored == written_text::missing ? border::text() : written.substr(0, stored);
    auto const changes = patch == written_text::missing ? border::text() : written.substr(behind, patch);
    auto const known = trusted ? metapatch::stored_text::trusted : metapatch::stored_text::checked;
    auto& made = border::last_patched.emplace();
    auto const present = border::apply(before, changes, *policy, known, made);
    output.clear();
    if (!present) {
        functions::json_answer answer(output, functions::documents::texts);
        border::write_refused(answer, present.error(), before, changes);
        return border::status::answer;
    }
    if (!*present)
        return border::status::absent;
    if (in_pieces && border::are_long(made.text.pieces))
        return border::status::pieces;
    for (auto const& piece : made.text.pieces)
        output += piece;
    return border::status::present;
}

/// Addresses of pieces, and sizes in bytes.
[[clang::export_name("pieces")]] std::string_view const* pieces()
{
    return border::last_patched->text.pieces.data();
}

[[clang::export_name("piece_count")]] std::size_t piece_count()
{
    return border::last_patched->text.pieces.size();
}

/// How many UTF-16 code units some bytes of UTF-8 are.
[[clang::export_name("units")]] std::size_t units(char const* bytes, std::size_t size)
{
    return border::units_of({bytes, size});
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
