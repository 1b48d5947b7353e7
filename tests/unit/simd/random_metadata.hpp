// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_UNIT_SIMD_RANDOM_METADATA_HPP
#define METAPATCH_TESTS_UNIT_SIMD_RANDOM_METADATA_HPP

#include "../../laws/random.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace metapatch::test {

/// Writes an object as it is stored: each key once in its object, and often in others.
class random_metadata {
public:
    /// @param odd  one key of so many is odd: it is there twice, holds an escape, a dot or a dollar, has white space in
    ///             front of its colon, or begins what is nested deeply; 0: none is
    random_metadata(model::generator& random, std::size_t odd) : random_(random), odd_(odd) {}

    /// @param size  about so many bytes
    std::string object(std::size_t size)
    {
        auto const spaces = random_.one_in(3);
        open('{');
        while (text_.size() < size) {
            if (closers_.size() > 1 && random_.one_in(4)) {
                close();
                continue;
            }
            text_ += members_.back() > 0 ? "," : "";
            if (spaces)
                text_.append(random_.below(5), random_.one_in(2) ? ' ' : '\n');
            if (closers_.back() == '}')
                key();
            ++members_.back();
            value();
            if (spaces)
                text_.append(random_.below(3), '\t');
        }
        while (!closers_.empty())
            close();
        return random_.one_in(4) ? " " + text_ + "\n" : text_;
    }

private:
    void open(char bracket)
    {
        text_ += bracket;
        closers_ += bracket == '{' ? '}' : ']';
        members_.push_back(0);
    }

    void close()
    {
        text_ += closers_.back();
        closers_.pop_back();
        members_.pop_back();
    }

    void key()
    {
        auto number = members_.back();
        std::string made = number == 0 && random_.one_in(3) ? "" : "k" + std::to_string(number);
        bool space = false;
        if (odd_ != 0 && random_.one_in(odd_)) {
            switch (random_.below(5)) {
            case 0:
                made = "k" + std::to_string(random_.below(number + 1));
                break;
            case 1:
                made += "\\u006b\\\"";
                break;
            case 2:
                made.insert(random_.below(made.size() + 1), random_.one_in(2) ? "." : "$");
                break;
            case 3:
                space = true;
                break;
            default:
                deep_ = true;
            }
        }
        if (random_.one_in(20))
            made += std::string(random_.below(90), 'x') + std::to_string(number);
        text_.append("\"").append(made).append(space ? "\" :" : "\":");
    }

    void value()
    {
        static constexpr std::string_view scalars[] = {"null", "true",      "-1.5e3",       "7",
                                                       "\"\"", R"("a.b$")", R"("\"}:{\\")", R"("{\"k0\":")"};
        if (deep_) {
            deep_ = false;
            auto const levels = 40 + random_.below(60);
            text_ += std::string(levels, '[') + R"({"k0":1})" + std::string(levels, ']');
        } else if (random_.one_in(3)) {
            open(random_.one_in(3) ? '[' : '{');
        } else if (random_.one_in(4)) {
            text_ += '"' + std::string(random_.below(70), 'y') + '"';
        } else {
            text_ += scalars[random_.below(std::size(scalars))];
        }
    }

    model::generator& random_;
    std::size_t odd_;
    std::string text_;
    std::string closers_;
    std::vector<std::size_t> members_; // of each open container, so far
    bool deep_ = false;
};

} // namespace metapatch::test

#endif
