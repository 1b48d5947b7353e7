// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_PATCH_TEXT_HPP
#define METAPATCH_TOOL_PATCH_TEXT_HPP

#include "field_policy.hpp"
#include "refusal.hpp"

#include <metapatch/apply.hpp>
#include <metapatch/patch.hpp>

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serializer.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// The stored text of a field and the text of a patch in, the text of the result out.
///
/// This is all that the tool knows of applying. One object serves any number of documents and keeps its memory.
class patch_text {
public:
    explicit patch_text(field_policy const& policy);

    /// The patch for the calls to come, read once. What is wrong with it is said by `apply`, for each document.
    void set_patch(std::string_view text);

    /// @param stored  the field's text; nothing where it is absent
    /// @param result  what the field becomes, or nothing where it is absent then; as it was where refused
    /// @return        nothing, or why nothing was done
    std::optional<refusal> apply(std::optional<std::string_view> stored, std::optional<std::string>& result);

private:
    /// Memory for one document or patch; only a large one asks for more than what is kept.
    struct arena {
        static constexpr std::size_t kept = std::size_t{1} << 18;

        std::unique_ptr<unsigned char[]> first = std::make_unique_for_overwrite<unsigned char[]>(kept);
        boost::json::monotonic_resource memory{first.get(), kept};
    };

    void serialize(boost::json::object const& field, std::string& into);

    field_policy policy_;
    arena patch_memory_;
    arena field_memory_;
    std::optional<metapatch::result<metapatch::patch>> patch_;
    boost::json::serializer serializer_;
    std::array<char, std::size_t{1} << 14> piece_;
};

} // namespace tool

#endif
