// SPDX-License-Identifier: BSL-1.0
#include "operation_words.hpp"

#include <string_view>

namespace tool {

namespace {

/// The member of an operation that the pointer ends with, in quotes.
std::string member_of(metapatch::violation const& what)
{
    auto const slash = what.pointer.rfind('/');
    return '"' + what.pointer.substr(slash == what.pointer.npos ? 0 : slash + 1) + '"';
}

std::string words_of(metapatch::violation const& what)
{
    using enum metapatch::operation_fault;
    switch (*what.fault) {
    case not_an_object:
        return "an operation is an object";
    case missing_member:
        return "the operation lacks " + member_of(what);
    case not_a_string:
        return member_of(what) + " is a string";
    case unknown_op:
        return R"("op" is add, remove, replace, move, copy or test, in lower case)";
    case no_slash:
        return member_of(what) + " is a JSON Pointer, which starts with / unless it is empty";
    case bad_escape:
        return "in " + member_of(what) + " a ~ stands before 0, for ~, or 1, for /";
    case into_itself:
        return "the operation moves a value into itself";
    case no_document:
        return R"(there is no field here; an operation that adds to "" makes one)";
    case no_member:
        return "there is no such member";
    case no_element:
        return "the array has no such place";
    case no_index:
        return "elements of an array are named by an index such as 0 or 10, a new one at the end by -";
    case not_a_container:
        return "what this should be inside of is neither an object nor an array";
    }
    return {};
}

} // namespace

std::string sentence_of(metapatch::violation const& what)
{
    auto bare = what;
    bare.pointer.clear();
    bare.operation.reset();
    bare.fault.reset();
    auto text = what.fault ? words_of(what) : bare.message();
    // The pointer of what is no operation has its place already.
    if (what.operation && what.code != metapatch::errc::invalid_operation)
        text.append(" (operation /").append(std::to_string(*what.operation)) += " of the JSON Patch)";
    return text;
}

} // namespace tool
