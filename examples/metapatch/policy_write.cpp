// SPDX-License-Identifier: BSL-1.0
#include "policy_file.hpp"
#include "policy_words.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace tool {

namespace {

boost::json::value limit(std::size_t number)
{
    if (number == metapatch::unlimited)
        return nullptr;
    return number;
}

/// The characters as the shorter list: what is forbidden, or, where nothing beyond ASCII is admitted, what is allowed.
void put_characters(metapatch::key_characters const& characters, boost::json::object& into)
{
    std::string forbidden;
    std::string allowed;
    for (int code = 0; code < 0x80; ++code) {
        char const c = static_cast<char>(code);
        (characters(std::string_view(&c, 1)).admits() ? allowed : forbidden) += c;
    }
    if (characters("\xC3\xA9").admits())
        into["forbidden"] = forbidden;
    else
        into["allowed"] = allowed;
}

boost::json::object to_json(named_policy const& named)
{
    auto const& [keys, merge, limits, read] = named.policy;
    boost::json::object key_object;
    put_characters(keys.characters, key_object);
    key_object["reserved"] = boost::json::array(keys.reserved.begin(), keys.reserved.end());
    key_object["empty"] = word_for(empty_key_words, keys.refuse_empty);
    // Every rule is written, so what is extended gives but what no rule says: the attributes to warn of.
    boost::json::object whole{{"name", named.name},
                              {"extends", named.root_attributes.empty() ? "first_level" : "auth0.app_metadata"}};
    whole["merge"] = {{"depth", limit(merge.depth)},
                      {"on_empty", word_for(on_empty_words, merge.on_empty)},
                      {"on_null", word_for(on_null_words, merge.on_null)},
                      {"cleared", word_for(cleared_words, merge.cleared)}};
    whole["keys"] = std::move(key_object);
    whole["limits"] = {{"max_members", limit(limits.max_members)},
                       {"max_key_code_points", limit(limits.max_key_code_points)},
                       {"values", word_for(values_words, limits.values)},
                       {"max_value_code_points", limit(limits.max_value_code_points)},
                       {"max_bytes", limit(limits.max_bytes)}};
    whole["read"] = {{"max_nesting", read.max_nesting},
                     {"duplicates", word_for(duplicates_words, read.duplicates)},
                     {"max_violations", limit(read.max_violations)}};
    return whole;
}

} // namespace

std::string policy_line(named_policy const& policy)
{
    return boost::json::serialize(to_json(policy));
}

std::string policy_text(named_policy const& policy)
{
    // Two levels of objects, each member on its own line; lists stay in one.
    std::string text = "{";
    std::string_view separator = "\n";
    for (auto const& part : to_json(policy)) {
        text += separator;
        text += "  " + boost::json::serialize(boost::json::value(part.key())) + ": ";
        separator = ",\n";
        if (!part.value().is_object()) {
            text += boost::json::serialize(part.value());
            continue;
        }
        std::string_view inner = "{\n";
        for (auto const& rule : part.value().get_object()) {
            text += inner;
            text += "    " + boost::json::serialize(boost::json::value(rule.key())) + ": " +
                    boost::json::serialize(rule.value());
            inner = ",\n";
        }
        text += "\n  }";
    }
    return text + "\n}\n";
}

} // namespace tool
