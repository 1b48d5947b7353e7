// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_RULE_OPERATIONS_HPP
#define METAPATCH_TESTS_RULE_OPERATIONS_HPP

#include "answers.hpp"
#include "request.hpp"

#include <metapatch/auth0.hpp>
#include <metapatch/json/exact_dom.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::conformance {

/// A user nests one level deeper than its fields may.
inline constexpr read_rules user_reading{.max_nesting = auth0::user_metadata.read.max_nesting + 1};

/// A text as a DOM in which every number is another value of as many bytes as its lexeme: for sizes.
inline boost::json::value as_large(std::string_view text, read_rules rules)
{
    return detail::read(text, rules, {},
                        [](boost::json::value_stack& stack, std::string_view number) {
                            if (number.size() == 1)
                                stack.push_uint64(0);
                            else
                                stack.push_string(std::string(number.size() - 2, '0')); // and its quotes
                            return true;
                        })
        .value();
}

/// What Rules and Actions do, on one case. Of texts that cannot be read, and calls that are refused, the first is answered
/// alone; what is refused is thrown as `refused`.
class rules_and_actions {
public:
    explicit rules_and_actions(boost::json::object const& request) : request_(request) {}

    boost::json::object rule_user()
    {
        auto const user = object_of(read(stored_text(), user_reading));
        return {{"outcome", "ok"}, {"value", dom_.write(auth0::rule_user(user))}};
    }

    /// Twice at a time: with exact numbers, which have no sizes, and with the sizes of the texts alone, for the limits.
    boost::json::object rule_updates()
    {
        auto const text = stored_text();
        auth0::metadata_updates exact(object_of(read(text, user_reading)), without_sizes());
        auth0::metadata_updates sizes(object_of(as_large(text, user_reading)));
        auto const* const calls = find_member(request_, "calls");
        if (calls == nullptr || !calls->is_array())
            throw bad_request("\"calls\" must be an array");
        for (auto const& each : calls->get_array())
            run(each, exact, sizes);
        boost::json::array bodies;
        for (auto const& body : exact.bodies())
            bodies.emplace_back(dom_.write(body));
        return {{"outcome", "ok"}, {"value", dom_.write(exact.user())}, {"bodies", std::move(bodies)}};
    }

private:
    struct update {
        std::string_view name;
        report (auth0::metadata_updates::*run)(boost::json::value const&);
    };
    struct setting {
        std::string_view name;
        report (auth0::metadata_updates::*run)(std::string_view, boost::json::value);
    };
    static constexpr std::array<update, 2> updates{{
        {"updateUserMetadata", &auth0::metadata_updates::update_user_metadata},
        {"updateAppMetadata", &auth0::metadata_updates::update_app_metadata},
    }};
    static constexpr std::array<setting, 2> settings{{
        {"setUserMetadata", &auth0::metadata_updates::set_user_metadata},
        {"setAppMetadata", &auth0::metadata_updates::set_app_metadata},
    }};

    static auth0::update_rules without_sizes()
    {
        auth0::update_rules rules;
        rules.user_metadata.limits.max_bytes = rules.app_metadata.limits.max_bytes = unlimited;
        rules.max_metadata_bytes = rules.max_set_bytes = unlimited;
        return rules;
    }

    static boost::json::object object_of(boost::json::value user)
    {
        if (!user.is_object())
            throw refused(report({.code = errc::expected_object}));
        return std::move(user.get_object());
    }

    static void require(report const& done)
    {
        if (!done.empty())
            throw refused(done);
    }

    boost::json::value read(std::string text, read_rules rules = {})
    {
        texts_.push_back(std::move(text));
        return dom_.read(texts_.back(), rules).value();
    }

    /// Of the user. Without one there is nothing that Rules could see.
    std::string stored_text() const
    {
        auto text = find_text(request_, "stored");
        if (!text)
            throw refused(report({.code = errc::expected_object}));
        return std::move(*text);
    }

    void run(boost::json::value const& given, auth0::metadata_updates& exact, auth0::metadata_updates& sizes)
    {
        auto const* const call = given.if_object();
        auto const* const arguments = call != nullptr ? find_member(*call, "args") : nullptr;
        if (arguments == nullptr || !arguments->is_array())
            throw bad_request("a call must be an object with the array \"args\"");
        auto const name = required_string(*call, "call");
        std::deque<std::string> texts;
        for (auto const& each : arguments->get_array())
            texts.push_back(text_of(each));
        for (auto const& each : updates) {
            if (name != each.name)
                continue;
            if (texts.size() == 2) // the live call begins with whom to update, which is this user
                texts.pop_front();
            if (texts.size() != 1)
                throw bad_request("an update takes an object, or a user's id and an object");
            auto const body = read(texts.front());
            require((sizes.*each.run)(as_large(texts.front(), {})));
            return require((exact.*each.run)(body));
        }
        for (auto const& each : settings) {
            if (name != each.name)
                continue;
            if (texts.size() != 2)
                throw bad_request("a member is set by its key and a value");
            auto const& written = texts.front(); // a JSON text, or the key as it is
            auto const key = written.starts_with('"') ? read(written) : boost::json::value(written);
            auto value = read(texts.back());
            require((sizes.*each.run)(key.get_string(), as_large(texts.back(), {})));
            return require((exact.*each.run)(key.get_string(), std::move(value)));
        }
        throw bad_request("no such call");
    }

    boost::json::object const& request_;
    std::deque<std::string> texts_; // whose numbers the values refer to
    exact_dom dom_;
};

/// An operation of Rules and Actions, by its name.
struct rule_operation {
    std::string_view name;
    boost::json::object (rules_and_actions::*run)();
};

inline constexpr std::array<rule_operation, 2> rule_operations{{
    {"rule_user", &rules_and_actions::rule_user},
    {"rule_updates", &rules_and_actions::rule_updates},
}};

/// Exceptions: bad_request, std::bad_alloc.
inline boost::json::object answer_rule(rule_operation const& operation, boost::json::object const& request)
{
    try {
        return (rules_and_actions(request).*operation.run)();
    } catch (refused const& error) {
        return rejected(error.why());
    }
}

} // namespace metapatch::conformance

#endif
