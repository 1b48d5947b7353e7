// SPDX-License-Identifier: BSL-1.0
#include "import_check.hpp"

#include "batch_checks.hpp"
#include "commands.hpp"
#include "document_report.hpp"
#include "input.hpp"
#include "large_profiles.hpp"
#include "profile_text.hpp"

#include <metapatch/auth0/management/user_rules.hpp>
#include <metapatch/json/compact_size.hpp>
#include <metapatch/splice/text_patch.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tool {

namespace {

namespace auth0 = metapatch::auth0;

/// What breaks the rules of a field in what it holds. A member that is null is one that was left out.
metapatch::report violations_of(std::string_view field, field_policy const& policy)
{
    metapatch::text_patch body;
    auto why = body.read(field, policy);
    if (!why.empty())
        return why;
    auto const size = metapatch::compact_size(field, policy.read);
    if (size && *size > policy.limits.max_bytes)
        why.add({.code = metapatch::errc::too_large, .limit = policy.limits.max_bytes, .actual = *size});
    return why;
}

/// The same violations with pointers from the root of the document.
metapatch::report below(std::string const& pointer, metapatch::report const& why)
{
    auto moved = metapatch::report::of_at_most(why.max_size());
    for (auto each : why) {
        each.pointer.insert(0, pointer);
        moved.add(std::move(each));
    }
    moved.add_omitted(why.omitted());
    return moved;
}

class import_report : public document_report {
public:
    /// @param policy  of the one field that is looked at; nothing: both of a user's
    import_report(options const& asked, std::optional<named_policy> const& policy) : asked_(asked), policy_(policy)
    {
        if (policy_)
            fields_.push_back({asked.field, policy_->policy});
        else
            fields_ = {{"user_metadata", find_profile("auth0.user_metadata")->policy},
                       {"app_metadata", find_profile("auth0.app_metadata")->policy}};
    }

    document_answer answer(std::string_view document) override
    {
        if (policy_ && !std::exchange(looked_, true))
            check_is_field(asked_, *policy_, document);
        metapatch::report why;
        std::size_t together = 0;
        for (auto const& each : fields_) {
            if (auto refused = check(each, document, why, together))
                return {.refused = std::move(refused)};
        }
        if (!policy_ && why.empty() && together > auth0::max_metadata_bytes)
            why.add({.code = metapatch::errc::too_large, .limit = auth0::max_metadata_bytes, .actual = together});
        return told(why, policy_ ? std::nullopt : auth0::large_profile(document));
    }

    std::string last_words() const override { return large_profiles_in_words(large_, auth0::standard_user_rules); }

private:
    struct checked_field {
        std::string name; ///< "" where the document is the field
        field_policy policy;
    };

    /// @return  why the document cannot be read
    std::optional<refusal> check(checked_field const& field, std::string_view document, metapatch::report& why,
                                 std::size_t& together) const
    {
        std::optional<std::string_view> text = document;
        std::size_t offset = 0;
        if (!field.name.empty()) {
            profile_text profile(field.name);
            if (auto cut = profile.read(document); !cut)
                return placed({part::stored, std::move(cut).error()}, document);
            text = profile.field();
            offset = text ? profile.field_offset() : 0;
        }
        if (!text || is_null(*text))
            return std::nullopt;
        auto found = violations_of(*text, field.policy);
        if (!found.empty() && found.front().offset)
            return placed({part::stored, moved_by(found, offset)}, document);
        std::string const pointer = field.name.empty() ? "" : '/' + field.name;
        why.add_all(below(pointer, found));
        auto const size = metapatch::compact_size(*text, field.policy.read);
        together += size ? *size : 0;
        return std::nullopt;
    }

    document_answer told(metapatch::report const& why, std::optional<std::size_t> large)
    {
        large_ += large ? 1 : 0;
        if (why.empty() && !large)
            return {.is_silent = true};
        boost::json::object line{{"outcome", why.empty() ? "ok" : "rejected"}};
        std::string words = why.empty() ? "" : "rejected\n" + to_text(why, {asked_.color, STDOUT_FILENO});
        if (!why.empty()) {
            for (auto& member : to_json(why))
                line[member.key()] = std::move(member.value());
        }
        if (large) {
            auto const limit = auth0::standard_user_rules.large_profile_bytes;
            line["warnings"] = boost::json::array{{{"code", "large_profile"}, {"limit", limit}, {"actual", *large}}};
            words += (why.empty() ? "" : "  ") + std::string("warning: ") +
                     large_profile_in_words(*large, auth0::standard_user_rules) + '\n';
        }
        auto const text = boost::json::serialize(line);
        return {text.substr(1, text.size() - 2), words, codes_of(why)};
    }

    options const& asked_;
    std::optional<named_policy> const& policy_;
    std::vector<checked_field> fields_;
    bool looked_ = false;
    std::uint64_t large_ = 0;
};

} // namespace

exit_status validate_batch(options const& asked)
{
    check_batch_inputs(asked);
    check_no_operands(asked);
    auto const policy = optional_policy(asked);
    if (policy)
        check_member(asked, *policy);
    else if (!asked.field.empty())
        throw usage_error("--field goes with --profile or --policy; without them the metadata of users is checked");
    import_report report(asked, policy);
    return report_batch(asked, report);
}

} // namespace tool
