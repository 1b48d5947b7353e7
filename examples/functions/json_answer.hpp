// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_JSON_ANSWER_HPP
#define METAPATCH_FUNCTIONS_JSON_ANSWER_HPP

#include <metapatch/json/lexeme_dom.hpp>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace functions {

/// As what the documents of an answer are written.
enum class documents : std::uint8_t {
    values, ///< part of the answer's JSON
    texts,  ///< strings that hold them
};

/// Writes the JSON of an answer.
class json_answer {
public:
    json_answer(std::string& out, documents how) : out_(out), how_(how) {}

    json_answer& begin(char bracket)
    {
        separate();
        out_ += bracket;
        follows_ = false;
        return *this;
    }

    json_answer& end(char bracket)
    {
        out_ += bracket;
        follows_ = true;
        return *this;
    }

    json_answer& key(std::string_view name)
    {
        string(name);
        out_ += ':';
        follows_ = false;
        return *this;
    }

    json_answer& string(std::string_view content)
    {
        separate();
        metapatch::detail::append_json_string(out_, content);
        return *this;
    }

    json_answer& number(std::uint64_t value)
    {
        char digits[20];
        auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        return word({digits, static_cast<std::size_t>(end - digits)});
    }

    /// What is JSON by itself.
    json_answer& word(std::string_view json)
    {
        separate();
        out_ += json;
        return *this;
    }

    json_answer& document(std::string_view json) { return how_ == documents::texts ? string(json) : word(json); }

    template<class Strings>
    json_answer& strings(Strings const& all)
    {
        begin('[');
        for (auto const& each : all)
            string(each);
        return end(']');
    }

private:
    void separate()
    {
        if (follows_)
            out_ += ',';
        follows_ = true;
    }

    std::string& out_;
    documents how_;
    bool follows_ = false;
};

} // namespace functions

#endif
