// SPDX-License-Identifier: BSL-1.0
#include "answer.hpp"
#include "batch_checks.hpp"
#include "commands.hpp"
#include "document_report.hpp"
#include "input.hpp"
#include "profile_text.hpp"
#include "progress.hpp"
#include "refusal.hpp"
#include "writer.hpp"

#include <metapatch/json/compact_size.hpp>
#include <metapatch/json/scan.hpp>

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace tool {

namespace {

/// Measures fields by a policy, or as any JSON.
class field_measure {
public:
    explicit field_measure(options const& asked)
        : field_(asked.field), policy_(optional_policy(asked)),
          limit_(policy_ ? policy_->policy.limits.max_bytes : metapatch::unlimited),
          rules_(policy_ ? policy_->policy.read : metapatch::read_rules{.max_nesting = metapatch::nesting_ceiling})
    {
    }

    struct answer {
        std::size_t size = 0; ///< of the field that the document is or holds; 0 where that is absent
        std::optional<refusal> refused{};
    };

    answer measure(std::string_view document) const
    {
        auto const size = size_of(document);
        metapatch::report why;
        if (!size)
            why = size.error();
        else if (*size > limit_)
            why.add({.code = metapatch::errc::too_large, .limit = limit_, .actual = *size});
        if (!why.empty())
            return {size ? *size : 0, placed({part::stored, std::move(why)}, document)};
        return {*size};
    }

    std::string in_words(std::size_t size) const
    {
        return grouped(size) + " bytes" +
               (limit_ != metapatch::unlimited
                    ? " of " + grouped(limit_) + " that " + printable(policy_->name) + " admits"
                    : "");
    }

    std::optional<named_policy> const& policy() const noexcept { return policy_; }
    std::string policy_name() const { return policy_ ? policy_->name : "JSON"; }

private:
    /// The bytes of the text of a field, which must be an object.
    metapatch::result<std::size_t> size_of_field(std::string_view text) const
    {
        auto size = metapatch::compact_size(text, rules_);
        if (size && metapatch::scanner(text).next() != metapatch::token::object_begin)
            return metapatch::report({.code = metapatch::errc::expected_object});
        return size;
    }

    metapatch::result<std::size_t> size_of(std::string_view document) const
    {
        if (field_.empty())
            return is_null(document) ? std::size_t{0} : size_of_field(document);
        profile_text profile(field_);
        if (auto cut = profile.read(document); !cut)
            return std::move(cut).error();
        auto const text = profile.field();
        if (!text)
            return std::size_t{0};
        auto size = size_of_field(*text);
        if (!size)
            return moved_by(size.error(), profile.field_offset());
        return size;
    }

    std::string field_;
    std::optional<named_policy> policy_;
    std::size_t limit_;
    metapatch::read_rules rules_;
};

class size_report : public document_report {
public:
    size_report(options const& asked, field_measure const& measure) : asked_(asked), measure_(measure) {}

    document_answer answer(std::string_view document) override
    {
        if (measure_.policy() && !std::exchange(looked_, true))
            check_is_field(asked_, *measure_.policy(), document);
        auto const found = measure_.measure(document);
        if (found.refused)
            return {.refused = found.refused};
        total_ += found.size;
        largest_ = std::max(largest_, found.size);
        return {"\"bytes\":" + std::to_string(found.size), measure_.in_words(found.size)};
    }

    std::string last_words() const override
    {
        return grouped(total_) + " bytes in all, " + grouped(largest_) + " in the largest";
    }

private:
    options const& asked_;
    field_measure const& measure_;
    bool looked_ = false;
    std::size_t total_ = 0;
    std::size_t largest_ = 0;
};

} // namespace

exit_status size(options const& asked)
{
    field_measure const measure(asked);
    if (asked.batch.is_asked_for()) {
        check_batch_inputs(asked);
        if (asked.stored)
            throw usage_error("--batch takes its documents from the given files: no STORED beside it");
        if (measure.policy())
            check_member(asked, *measure.policy());
        size_report report(asked, measure);
        return report_batch(asked, report);
    }
    check_no_batch(asked);
    if (!asked.stored)
        throw usage_error("STORED is required, or --batch");
    auto const found = measure.measure(read_argument(*asked.stored));
    auto out = writer::to_standard_output();
    bool const text = answers_in_text(asked);
    if (found.refused)
        out.write(text ? to_text(*found.refused, measure.policy_name(), colours(asked.color, STDOUT_FILENO))
                       : to_json_line(*found.refused));
    else
        out.write((text ? measure.in_words(found.size) : std::to_string(found.size)) + '\n');
    out.finish();
    return found.refused ? exit_status::refused : exit_status::applied;
}

} // namespace tool
