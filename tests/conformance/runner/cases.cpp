// SPDX-License-Identifier: BSL-1.0
#include "cases.hpp"

#include "../../laws/random.hpp"
#include "../request.hpp"
#include "errors.hpp"
#include "files.hpp"
#include "glob.hpp"
#include "results.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace metapatch::conformance {

namespace {

using boost::json::object;
using boost::json::value;

std::string string_in(object const& from, char const* name)
{
    auto const* member = from.if_contains(name);
    if (member == nullptr || !member->is_string())
        throw usage_error(std::string("\"") + name + "\" must be a string");
    return std::string(member->get_string().c_str());
}

vector_case read_case(value const& item, std::string const& profile)
{
    if (!item.is_object())
        throw usage_error("a case must be an object");
    auto const& members = item.get_object();
    vector_case made{
        string_in(members, "id"), profile, string_in(members, "op"), string_in(members, "level"), {}, {}, {}};
    if (std::ranges::find(levels, std::string_view(made.level)) == levels.end())
        throw usage_error(made.id + ": \"level\" must be required, observed or chosen");
    auto const* expect = members.if_contains("expect");
    if (expect == nullptr || !expect->is_object() || !expect->get_object().contains("outcome"))
        throw usage_error(made.id + ": \"expect\" must be an object with an \"outcome\"");
    made.expect = expect->get_object();
    if (auto const* evidence = members.if_contains("evidence"); evidence != nullptr && evidence->is_array())
        made.evidence = evidence->get_array();
    made.asked["id"] = made.id;
    if (profile != no_profile)
        made.asked["profile"] = profile;
    for (auto const& member : members) {
        if (member.key() != "id" && member.key() != "expect" && member.key() != "level" && member.key() != "evidence")
            made.asked.insert_or_assign(member.key(), member.value());
    }
    return made;
}

void load_file(std::filesystem::path const& path, std::vector<vector_case>& into)
{
    auto const file = read_json(path);
    try {
        read_vectors(file, into);
    } catch (usage_error const& wrong) {
        throw usage_error(path.string() + ": " + wrong.what());
    }
}

/// Writes long texts out, wherever they are. A vector is nested as deep as its file, which is not deep.
void write_out(value& what)
{
    if (auto* const elements = what.if_array()) {
        for (auto& each : *elements)
            write_out(each);
    } else if (auto* const members = what.if_object()) {
        if (members->size() == 1 && members->contains("parts")) {
            what = expanded_parts(what);
            return;
        }
        for (auto& each : *members)
            write_out(each.value());
    }
}

} // namespace

void read_vectors(value const& file, std::vector<vector_case>& into)
{
    if (!file.is_object())
        throw usage_error("the file must be an object");
    auto const profile = string_in(file.get_object(), "profile");
    auto const* cases = file.get_object().if_contains("cases");
    if (cases == nullptr || !cases->is_array())
        throw usage_error("\"cases\" must be an array");
    for (auto const& each : cases->get_array())
        into.push_back(read_case(each, profile));
}

std::vector<vector_case> load_vectors(std::filesystem::path const& from)
{
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    if (std::filesystem::is_directory(from, error)) {
        for (auto const& each : std::filesystem::recursive_directory_iterator(from)) {
            if (each.is_regular_file() && each.path().extension() == ".json")
                paths.push_back(each.path());
        }
        std::sort(paths.begin(), paths.end());
    } else {
        paths.push_back(from);
    }
    std::vector<vector_case> vectors;
    for (auto const& each : paths)
        load_file(each, vectors);
    if (vectors.empty())
        throw usage_error(from.string() + ": there are no vectors");
    std::set<std::string> ids;
    for (auto const& each : vectors) {
        if (!ids.insert(each.id).second)
            throw usage_error(each.id + ": the id occurs twice");
    }
    return vectors;
}

object request_of(vector_case const& vector)
{
    value made(vector.asked);
    try {
        for (auto& each : made.get_object())
            write_out(each.value());
    } catch (bad_request const& wrong) {
        throw usage_error(vector.id + ": " + wrong.what());
    }
    return std::move(made.get_object());
}

bool case_filter::admits(vector_case const& vector) const
{
    return matches_any(profiles, vector.profile) && matches_any(ops, vector.op) && matches_any(levels, vector.level) &&
           matches_any(ids, vector.id) && (excluded_ids.empty() || !matches_any(excluded_ids, vector.id));
}

bool matches_any(std::vector<std::string> const& globs, std::string_view name)
{
    return globs.empty() || std::ranges::any_of(globs, [name](auto const& each) { return matches_glob(each, name); });
}

void require_known(std::vector<std::string> const& globs, std::string_view option, std::set<std::string> const& names)
{
    constexpr std::size_t most_told = 30;
    for (auto const& glob : globs) {
        if (std::ranges::any_of(names, [&glob](auto const& name) { return matches_glob(glob, name); }))
            continue;
        std::string all;
        for (auto const& each : names)
            all += (all.empty() ? "" : ", ") + each;
        throw usage_error(std::string(option) + " " + glob + " is of none" +
                          (names.size() <= most_told ? ": there are " + all : std::string()));
    }
}

void require_known(case_filter const& filter, std::vector<vector_case> const& vectors)
{
    auto const require = [&](auto const& globs, std::string_view option, auto vector_case::*member) {
        std::set<std::string> names;
        for (auto const& each : vectors)
            names.insert(each.*member);
        require_known(globs, option, names);
    };
    require(filter.profiles, "--profile", &vector_case::profile);
    require(filter.ops, "--op", &vector_case::op);
    require_known(filter.levels, "--level", {levels.begin(), levels.end()});
    require(filter.ids, "--id", &vector_case::id);
    require(filter.excluded_ids, "--exclude-id", &vector_case::id);
}

void shuffle(std::vector<vector_case>& vectors, unsigned long long seed)
{
    model::generator random(seed);
    for (auto left = vectors.size(); left > 1; --left)
        std::swap(vectors[left - 1], vectors[random.below(left)]);
}

} // namespace metapatch::conformance
