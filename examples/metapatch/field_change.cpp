// SPDX-License-Identifier: BSL-1.0
#include "field_change.hpp"

#include "advise.hpp"
#include "batch_checks.hpp"
#include "errors.hpp"
#include "field_intent.hpp"
#include "input.hpp"
#include "profile_text.hpp"
#include "progress.hpp"

#include <set>
#include <utility>

namespace tool {

field_change::field_change(options const& asked, named_policy const& policy)
    : asked_(asked), policy_(policy), patching_(policy.policy, asked.field)
{
}

void field_change::set_patch(std::string_view text)
{
    patch_ = text;
    intent_ = intent_of(text, policy_.policy.merge);
    if (intent_ == patch_intent::nothing)
        return;
    patching_.set_patch(text);
    auto const members = patching_.patch().members();
    std::string_view const name = asked_.field.empty() ? policy_.member : asked_.field;
    nests_itself_ = members.size() == 1 && !members[0].removes() && members[0].key == name;
}

document_fate field_change::apply(document_place const&, std::string_view document, std::string& result)
{
    refused_ = patching_.apply(document, result);
    bool const is_read = !refused_ || refused_->in == part::patch;
    if (asked_.batch.only_present && is_read && !patching_.patch_refused() && !patching_.before())
        return document_fate::left_alone;
    if (refused_)
        return document_fate::refused;
    count_advice();
    return document_fate::changed;
}

void field_change::count_advice()
{
    std::set<std::string_view> codes;
    if (nests_itself_)
        codes.insert(name(metapatch::advice_code::field_name));
    if (asked_.advise) {
        for (auto const& each : advice_on(policy_, {}, patching_.before(), patch_))
            codes.insert(name(each.code));
    }
    for (auto const code : codes)
        ++advice_[std::string(code)];
}

void field_change::tell(reject_log& rejects, document_place const& place, std::string_view document) const
{
    rejects.add(place, document, *refused_);
}

effects field_change::last_effects(std::string_view, std::string_view) const
{
    effects done;
    add_field_effects(done, "", patching_.before(), patching_.after(), intent_ == patch_intent::clear);
    return done;
}

bool field_change::look(std::string_view document)
{
    if (asked_.field.empty()) {
        if (policy_.member.empty() || asked_.batch.no_field)
            return true;
        check_is_field(asked_, policy_, document);
        return profile_text("user_id").read(document).has_value();
    }
    if (asked_.batch.allow_new_field)
        return true;
    profile_text profile(asked_.field);
    if (!profile.read(document))
        return false;
    ++readable_;
    return profile.field().has_value();
}

void field_change::look_back() const
{
    if (readable_ > 0 && !asked_.field.empty())
        throw usage_error("none of the " + std::string(readable_ > 1 ? "first " : "") + grouped(readable_) +
                          (readable_ > 1 ? " documents has" : " document has") + " a member " + asked_.field +
                          ", so that nothing is written: is --field misspelt? --allow-new-field adds it");
}

} // namespace tool
