// SPDX-License-Identifier: BSL-1.0
#include "errors.hpp"
#include "policy_file.hpp"
#include "policy_words.hpp"
#include "refusal.hpp"
#include "terminal.hpp"

#include <metapatch/json/text.hpp>
#include <metapatch/json/walk.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <utility>

namespace tool {

namespace {

/// Collects what is wrong, so that one run tells all of it.
class mistakes {
public:
    explicit mistakes(std::string name) : name_(std::move(name)) {}

    void add(std::string_view pointer, std::string_view message)
    {
        text_ += (text_.empty() ? "" : "\n") + name_ + ": " + printable(pointer);
        text_ += pointer.empty() ? "" : ": ";
        text_ += printable(message);
    }

    void throw_if_any() const
    {
        if (!text_.empty())
            throw usage_error(text_);
    }

private:
    std::string name_;
    std::string text_;
};

/// One object of the file: each member is asked for once, and what nobody asked for is unknown.
class section {
public:
    section(boost::json::value const& value, std::string pointer, mistakes& found)
        : pointer_(std::move(pointer)), found_(found), members_(value.if_object())
    {
        if (members_ == nullptr)
            found_.add(pointer_, "expected an object");
    }

    section(section const&) = delete;
    section& operator=(section const&) = delete;

    /// When all that may be there was asked for. Not the destructor, which must not want memory.
    void finish()
    {
        if (members_ == nullptr)
            return;
        for (auto const& member : *members_) {
            bool asked = false;
            for (auto const& name : asked_)
                asked = asked || name == member.key();
            if (!asked)
                found_.add(pointer_to(member.key()), "unknown member");
        }
    }

    boost::json::value const* take(std::string_view name)
    {
        asked_.push_back(name);
        return members_ != nullptr ? members_->if_contains(name) : nullptr;
    }

    std::string pointer_to(std::string_view name) const
    {
        auto pointer = pointer_;
        metapatch::append_pointer_token(pointer, name);
        return pointer;
    }

    std::string const* string(std::string_view name)
    {
        auto const* const value = take(name);
        if (value == nullptr)
            return nullptr;
        if (!value->is_string()) {
            found_.add(pointer_to(name), "expected a string");
            return nullptr;
        }
        text_ = value->get_string();
        return &text_;
    }

    /// A count; `null` is no limit where `highest` is `metapatch::unlimited`.
    void number(std::string_view name, std::size_t lowest, std::size_t highest, std::size_t& into)
    {
        auto const* const value = take(name);
        if (value == nullptr)
            return;
        bool const may_be_null = highest == metapatch::unlimited;
        if (value->is_null() && may_be_null) {
            into = metapatch::unlimited;
            return;
        }
        auto const given = value->is_int64() && value->get_int64() >= 0
                               ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(value->get_int64()))
                           : value->is_uint64() ? std::optional(value->get_uint64())
                                                : std::nullopt;
        if (given && *given >= lowest && *given <= highest)
            into = static_cast<std::size_t>(*given);
        else
            found_.add(pointer_to(name), may_be_null
                                             ? "expected a whole number" +
                                                   (lowest > 0 ? " from " + std::to_string(lowest) : std::string()) +
                                                   ", or null for no limit"
                                             : "expected a whole number from " + std::to_string(lowest) + " to " +
                                                   std::to_string(highest));
    }

    template<class Words, class Enumeration>
    void choice(std::string_view name, Words const& words, Enumeration& into)
    {
        auto const* const given = string(name);
        if (given == nullptr)
            return;
        std::string known;
        for (auto const& each : words) {
            if (each.text == *given) {
                into = each.value;
                return;
            }
            known += (known.empty() ? "" : ", ") + std::string(each.text);
        }
        found_.add(pointer_to(name), "expected one of " + known);
    }

private:
    std::string pointer_;
    mistakes& found_;
    boost::json::object const* members_;
    std::vector<std::string_view> asked_{};
    std::string text_{};
};

void read_characters(section& from, metapatch::key_characters& into, mistakes& found)
{
    auto const characters = [&](std::string_view name) -> std::optional<std::string> {
        auto const* const given = from.string(name);
        if (given == nullptr)
            return std::nullopt;
        for (char const c : *given) {
            if (static_cast<unsigned char>(c) >= 0x80) {
                found.add(from.pointer_to(name), "expected ASCII characters");
                return std::nullopt;
            }
        }
        return *given;
    };
    auto const forbidden = characters("forbidden");
    auto const allowed = characters("allowed");
    if (forbidden && allowed)
        found.add(from.pointer_to("allowed"), "forbidden characters are given too; one of the two says all");
    else if (forbidden)
        into = metapatch::key_characters::all_but(*forbidden);
    else if (allowed)
        into = metapatch::key_characters::only(*allowed);
}

void read_names(section& from, std::vector<std::string>& into, mistakes& found)
{
    auto const* const value = from.take("reserved");
    if (value == nullptr)
        return;
    if (!value->is_array()) {
        found.add(from.pointer_to("reserved"), "expected an array of strings");
        return;
    }
    into.clear();
    auto const& names = value->get_array();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].is_string())
            into.emplace_back(names[i].get_string());
        else
            found.add(from.pointer_to("reserved") + '/' + std::to_string(i), "expected a string");
    }
}

void read_rules(section& file, field_policy& policy, mistakes& found)
{
    if (auto const* const value = file.take("merge")) {
        section merge(*value, "/merge", found);
        merge.number("depth", 0, metapatch::unlimited, policy.merge.depth);
        merge.choice("on_empty", on_empty_words, policy.merge.on_empty);
        merge.choice("on_null", on_null_words, policy.merge.on_null);
        merge.choice("cleared", cleared_words, policy.merge.cleared);
        merge.finish();
    }
    if (auto const* const value = file.take("keys")) {
        section keys(*value, "/keys", found);
        read_characters(keys, policy.keys.characters, found);
        read_names(keys, policy.keys.reserved, found);
        keys.choice("empty", empty_key_words, policy.keys.refuse_empty);
        keys.finish();
    }
    if (auto const* const value = file.take("limits")) {
        section limits(*value, "/limits", found);
        limits.number("max_members", 0, metapatch::unlimited, policy.limits.max_members);
        limits.number("max_key_code_points", 0, metapatch::unlimited, policy.limits.max_key_code_points);
        limits.choice("values", values_words, policy.limits.values);
        limits.number("max_value_code_points", 0, metapatch::unlimited, policy.limits.max_value_code_points);
        limits.number("max_bytes", 0, metapatch::unlimited, policy.limits.max_bytes);
        limits.finish();
    }
    if (auto const* const value = file.take("read")) {
        section read(*value, "/read", found);
        read.number("max_nesting", 1, metapatch::nesting_ceiling, policy.read.max_nesting);
        read.choice("duplicates", duplicates_words, policy.read.duplicates);
        read.number("max_violations", 1, metapatch::unlimited, policy.read.max_violations);
        read.finish();
    }
}

} // namespace

named_policy read_policy(std::string_view text, std::string const& name)
{
    mistakes found(name);
    auto const file = metapatch::read_value(text, {.duplicates = metapatch::duplicate_keys::rejected});
    if (!file) {
        found.add("", message(placed({part::patch, file.error()}, text)));
        found.throw_if_any();
    }
    auto policy = *find_profile("first_level");
    policy.name = name;
    section whole(*file, "", found);
    if (auto const* const given = whole.string("name"))
        policy.name = *given;
    if (auto const* const base = whole.string("extends")) {
        if (auto const profile = find_profile(*base)) {
            policy.policy = profile->policy;
            policy.root_attributes = profile->root_attributes;
        } else {
            found.add("/extends", "no profile of that name; `metapatch policies` lists them");
        }
    }
    read_rules(whole, policy.policy, found);
    whole.finish();
    found.throw_if_any();
    return policy;
}

} // namespace tool
