// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_ALGEBRA_OPERATIONS_HPP
#define METAPATCH_TESTS_ALGEBRA_OPERATIONS_HPP

#include "answers.hpp"
#include "case_texts.hpp"

#include <metapatch/algebra.hpp>
#include <metapatch/algebra/advice.hpp>
#include <metapatch/algebra/convert.hpp>
#include <metapatch/splice/splice.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::conformance {

/// The operations of the patch algebra on one case. As with `apply`, the first text that cannot be read is answered
/// alone, what is stored before what is to become of it. Patches may break the policy's rules: only the bodies that are
/// answered must not.
class algebra {
public:
    algebra(boost::json::object const& request, subject const& rules)
        : request_(request), rules_(rules), presence_(presence_asked(request, rules)), texts_(rules)
    {
    }

    boost::json::object diff()
    {
        if (!rules_.is_document)
            return difference(
                metapatch::diff(find_text(request_, "from"), find_text(request_, "to"), rules_.policy, presence_));
        auto const from = state_at("from");
        auto const to = state_at("to");
        return difference(from, between(from, to));
    }

    boost::json::object compose()
    {
        auto const* const given = find_member(request_, "patches");
        if (given == nullptr || !given->is_array())
            throw bad_request("\"patches\" must be an array");
        std::vector<std::optional<std::string>> texts;
        for (auto const& each : given->get_array())
            texts.push_back(each.is_null() ? std::nullopt : std::optional(text_of(each)));
        std::vector<patch> patches;
        for (auto& text : texts)
            patches.push_back(texts_.read_patch(std::move(text)));
        return bodies(to_bodies(std::span<patch const>(patches), rules_.policy, presence_));
    }

    boost::json::object inverse()
    {
        auto const before = state_at("stored");
        auto const changes = patch_at("patch");
        if (rules_.is_document && !before.present && !changes.is_untouched())
            return impossible(report({.code = errc::unreachable_state}));
        auto back = metapatch::inverse(before.fields, changes, rules_.policy, presence_);
        if (!back)
            return impossible(back.error());
        return bodies(bodies_for(*back, detail::merged(before.fields, changes, rules_.policy.merge)));
    }

    boost::json::object rebase()
    {
        auto const changes = patch_at("patch");
        auto const onto = patch_at("onto");
        auto const rebased = metapatch::rebase(changes, onto, rules_.policy, presence_);
        auto answer = bodies(to_bodies(rebased.rest, rules_.policy, presence_));
        if (answer.at("outcome") == "ok")
            tell_conflicts(changes, onto, "conflicts", answer);
        return answer;
    }

    boost::json::object conflicts()
    {
        auto const changes = patch_at("patch");
        auto const other = patch_at("other");
        boost::json::object answer{{"outcome", "ok"}};
        tell_conflicts(changes, other, "keys", answer);
        return answer;
    }

    boost::json::object commutes()
    {
        auto const changes = patch_at("patch");
        auto const other = patch_at("other");
        bool const same = metapatch::commutes(changes, other, rules_.policy);
        return {{"outcome", "ok"}, {"value", same ? "true" : "false"}};
    }

    boost::json::object losses()
    {
        auto const stored = state_at("stored");
        auto const changes = patch_at("patch");
        auto const lost = metapatch::losses(stored.fields, changes, rules_.policy);
        boost::json::array pointers;
        for (auto const& each : lost)
            pointers.emplace_back(texts_.pointer(each));
        boost::json::object answer{{"outcome", "ok"}, {"pointers", std::move(pointers)}};
        tell_omitted(lost, answer);
        return answer;
    }

    boost::json::object deepen()
    {
        auto const merging = find_text(request_, "merge_patch");
        auto const operations = find_text(request_, "json_patch");
        if (merging.has_value() == operations.has_value())
            throw bad_request("there must be a \"merge_patch\" or a \"json_patch\"");
        auto const text = find_text(request_, "stored");
        auto const stored = texts_.read_state(text);
        auto const given = texts_.read(merging ? *merging : *operations);
        if (rules_.is_document) {
            auto document = text ? std::optional(texts_.read(*text)) : std::nullopt;
            auto const target = texts_.state_of(merging ? merge_patched(document.value_or(nullptr), given).value()
                                                        : json_patched(std::move(document), given).value());
            return difference(stored, between(stored, target));
        }
        auto const made = merging ? metapatch::deepen(stored.fields, given, rules_.policy, presence_)
                                  : deepen_json_patch(stored.fields, given, rules_.policy, presence_);
        if (!made && !is_unreachable(made.error().front().code))
            return rejected(made.error());
        return difference(stored, made);
    }

    boost::json::object advise()
    {
        auto stored = state_at("stored");
        if (rules_.is_document && stored.present)
            stored.fields->emplace("", nullptr); // it has a type
        auto const changes = patch_at("patch");
        auto const unsafe = [this](boost::json::value const& number) { return texts_.dom().is_unsafe_integer(number); };
        auto const own_name = find_member(request_, "field") ? required_string(request_, "field") : "";
        auto const found =
            metapatch::advise(stored.fields, changes, rules_.policy, rules_.root_names, unsafe, own_name);
        boost::json::array list;
        for (auto const& each : found)
            list.push_back({{"code", name(each.code)}, {"pointer", texts_.pointer(each.pointer)}});
        boost::json::object answer{{"outcome", "ok"}, {"advice", std::move(list)}};
        tell_omitted(found, answer);
        return answer;
    }

private:
    /// Of a document, which need not be an object, absent is another state in any case.
    static presence presence_asked(boost::json::object const& request, subject const& rules)
    {
        if (find_member(request, "presence") == nullptr)
            return presence::exact;
        auto const given = required_string(request, "presence");
        if (given != "exact" && given != "either")
            throw bad_request("\"presence\" must be \"exact\" or \"either\"");
        return given == "either" && !rules.is_document ? presence::either : presence::exact;
    }

    stored_state state_at(std::string const& name) { return texts_.read_state(find_text(request_, name)); }
    patch patch_at(std::string const& name) { return texts_.read_patch(find_text(request_, name)); }

    /// Whether it tells that no patch leads to a state, and not that a text is bad.
    static bool is_unreachable(errc code) { return code == errc::unreachable_state || code == errc::unreachable_null; }

    result<patch> between(stored_state const& from, stored_state const& to) const
    {
        if (rules_.is_document && !to.present)
            return from.present ? result<patch>(report({.code = errc::unreachable_state})) : patch();
        if (rules_.is_document && !from.present && to.fields->empty())
            return patch().remove(""); // the body null
        return metapatch::diff(from.fields, to.fields, rules_.policy, presence_);
    }

    static boost::json::object impossible_at_fields(report const& why)
    {
        auto answer = rejected(why);
        answer["outcome"] = "impossible";
        answer["why"] = why.message();
        return answer;
    }

    boost::json::object impossible(report const& why) const
    {
        auto answer = impossible_at_fields(why);
        for (auto& each : answer.at("violations").get_array()) {
            auto& pointer = each.at("pointer");
            pointer = std::string(texts_.pointer(pointer.get_string()));
        }
        return answer;
    }

    /// The bodies for a known state. A limit of the size is checked on the texts: values whose numbers are exact have none.
    result<patch_bodies> bodies_for(patch const& changes, state const& stored) const
    {
        auto rules = rules_.policy;
        rules.limits.max_bytes = unlimited;
        auto made = to_bodies(changes, stored, rules, presence_);
        if (!made || rules_.policy.limits.max_bytes == unlimited)
            return made;
        auto text = stored ? std::optional(texts_.dom().write(*stored)) : std::nullopt;
        for (auto const& body : made->in_turn) {
            auto done = spliced(text, texts_.dom().write(body), rules_.policy, {.stored = stored_text::trusted});
            if (!done)
                return done.error();
            text = std::move(*done);
        }
        return made;
    }

    boost::json::object bodies(result<patch_bodies> const& made) const
    {
        if (!made)
            return impossible(made.error());
        return {{"outcome", "ok"}, {"bodies", texts_.write(*made)}};
    }

    boost::json::object difference(stored_state const& from, result<patch> const& changes) const
    {
        if (!changes)
            return impossible(changes.error());
        auto answer = bodies(bodies_for(*changes, from.fields));
        auto const* const made = answer.if_contains("bodies");
        if (made == nullptr || made->get_array().size() > 1)
            return answer;
        if (made->get_array().empty())
            return {{"outcome", "no_patch"}};
        return {{"outcome", "ok"}, {"patch", made->get_array().front()}};
    }

    static boost::json::object difference(result<body_texts> const& made)
    {
        if (!made && made.error().front().text)
            return rejected(made.error());
        if (!made)
            return impossible_at_fields(made.error());
        if (made->nothing_to_send())
            return {{"outcome", "no_patch"}};
        if (made->is_atomic())
            return {{"outcome", "ok"}, {"patch", made->in_turn.front()}};
        return {{"outcome", "ok"}, {"bodies", boost::json::array(made->in_turn.begin(), made->in_turn.end())}};
    }

    /// Documents that do not commute, and are no objects both, conflict as a whole.
    void tell_conflicts(patch const& changes, patch const& other, std::string_view name,
                        boost::json::object& answer) const
    {
        auto found = metapatch::conflicts(changes, other, rules_.policy);
        bool whole = false;
        if (rules_.is_document && !found.empty()) {
            auto const& mine = changes.members().at("");
            auto const& theirs = other.members().at("");
            whole = !mine.is_object() || !theirs.is_object();
            found = whole ? patch_conflicts()
                          : metapatch::conflicts(patch::of(mine.get_object(), false, unlimited),
                                                 patch::of(theirs.get_object(), false, unlimited), rules_.policy);
        }
        answer[name] = boost::json::array(found.keys.begin(), found.keys.end());
        if (found.presence && presence_ == presence::exact)
            answer["presence"] = true;
        if (whole)
            answer["whole"] = true;
    }

    boost::json::object const& request_;
    subject const& rules_;
    presence presence_;
    case_texts texts_;
};

/// An operation of the algebra, by its name.
struct algebra_operation {
    std::string_view name;
    boost::json::object (algebra::*run)();
};

inline constexpr std::array<algebra_operation, 9> algebra_operations{{
    {"diff", &algebra::diff},
    {"compose", &algebra::compose},
    {"inverse", &algebra::inverse},
    {"rebase", &algebra::rebase},
    {"conflicts", &algebra::conflicts},
    {"commutes", &algebra::commutes},
    {"losses", &algebra::losses},
    {"deepen", &algebra::deepen},
    {"advise", &algebra::advise},
}};

/// Exceptions: bad_request, std::bad_alloc.
inline boost::json::object answer_algebra(algebra_operation const& operation, boost::json::object const& request)
{
    auto const rules = subject::of(required_string(request, "profile"));
    if (!rules)
        return skipped("profile not offered");
    try {
        return (algebra(request, *rules).*operation.run)();
    } catch (refused const& error) {
        return rejected(error.why());
    }
}

} // namespace metapatch::conformance

#endif
