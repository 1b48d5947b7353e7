// SPDX-License-Identifier: BSL-1.0
#include "batch_tally.hpp"

#include "progress.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace tool {

namespace {

boost::json::object to_json(counts_by_code const& counts)
{
    boost::json::object object;
    for (auto const& [code, count] : counts)
        object[code] = count;
    return object;
}

} // namespace

void batch_tally::count(effects const& done)
{
    set += done.set.empty() ? 0 : 1;
    removed += done.removed.empty() ? 0 : 1;
    cleared += done.cleared.empty() ? 0 : 1;
    unchanged += done.none() ? 1 : 0;
}

std::string in_words(batch_tally const& tally, std::string_view documents)
{
    return counted(tally.documents, documents) + ": " + grouped(tally.applied) + " applied, " + grouped(tally.refused) +
           " refused" + (tally.left_alone > 0 ? ", " + grouped(tally.left_alone) + " left alone" : "") +
           (tally.unanswered > 0 ? ", " + grouped(tally.unanswered) + " without a patch" : "");
}

std::string dry_run_lines(batch_tally const& tally, std::string_view documents, counts_by_code const& refused,
                          counts_by_code const& advice)
{
    auto text = counted(tally.documents, documents) + ", and nothing is written: " + grouped(tally.set) + " set, " +
                grouped(tally.removed) + " removed, " + grouped(tally.cleared) + " cleared, " +
                grouped(tally.unchanged) + " unchanged, " + grouped(tally.refused) + " refused" +
                (refused.empty() ? "" : " (" + in_words(refused) + ")");
    if (tally.left_alone > 0)
        text += ", " + grouped(tally.left_alone) + " left alone";
    if (tally.unanswered > 0)
        text += ", " + grouped(tally.unanswered) + " without a patch";
    text += '\n';
    if (!advice.empty())
        text += "advice: " + in_words(advice) + '\n';
    return text;
}

std::string dry_run_json(batch_tally const& tally, counts_by_code const& refused, counts_by_code const& advice)
{
    boost::json::object line{{"documents", tally.documents}, {"set", tally.set},
                             {"removed", tally.removed},     {"cleared", tally.cleared},
                             {"unchanged", tally.unchanged}, {"left_alone", tally.left_alone},
                             {"refused", tally.refused},     {"codes", to_json(refused)}};
    if (tally.unanswered > 0)
        line["without_patch"] = tally.unanswered;
    if (!advice.empty())
        line["advice"] = to_json(advice);
    return boost::json::serialize(line) + '\n';
}

std::string in_words(counts_by_code const& counts)
{
    std::string text;
    for (auto const& [code, count] : counts)
        text += (text.empty() ? "" : ", ") + code + ' ' + grouped(count);
    return text;
}

std::string counted(std::uint64_t number, std::string_view plural)
{
    if (number == 1 && plural.ends_with('s'))
        plural.remove_suffix(1);
    return grouped(number) + ' ' + std::string(plural);
}

} // namespace tool
