// SPDX-License-Identifier: BSL-1.0
#include "export_diff.hpp"

#include "answer.hpp"
#include "batch_checks.hpp"
#include "batch_tally.hpp"
#include "batch_words.hpp"
#include "bodies_answer.hpp"
#include "commands.hpp"
#include "document_stream.hpp"
#include "input.hpp"
#include "json_values.hpp"
#include "operands.hpp"
#include "profile_text.hpp"
#include "progress.hpp"
#include "reject_log.hpp"
#include "writer.hpp"

#include <metapatch/algebra/diff.hpp>
#include <metapatch/json/exact_dom.hpp>

#include <boost/json/serialize.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

namespace {

/// `user_id` and `/user_id` are the same place, and `identities/0` is not the member of that name.
std::vector<std::string> place_of_key(std::string const& given)
{
    if (given.empty())
        throw usage_error("--batch of two exports needs --key, by which they are compared, such as --key user_id");
    auto path = given.starts_with('/') ? read_pointer(given) : std::optional(std::vector<std::string>{given});
    if (!path)
        throw usage_error("--key: this is no JSON Pointer: " + given);
    return std::move(*path);
}

class export_diff {
public:
    export_diff(options const& asked, named_policy const& policy)
        : asked_(asked), policy_(policy), key_(place_of_key(asked.batch.key)), in_text_(answers_in_text(asked)),
          out_(writer::to_standard_output())
    {
    }

    exit_status run()
    {
        auto const& files = asked_.batch.files;
        read(files[0], [this](std::string key, std::string_view document) { remember(std::move(key), document); });
        read(files[1], [this](std::string key, std::string_view document) { compare(std::move(key), document); });
        for (auto const& [key, known] : before_) {
            if (!known.is_met)
                tell(key, R"("outcome":"gone")", "gone"), ++gone_;
        }
        out_.finish();
        if (!asked_.batch.quiet)
            say(grouped(changed_) + " changed, " + grouped(same_) + " the same, " + grouped(added_) + " came, " +
                grouped(gone_) + " went" + (refused_ > 0 ? ", " + grouped(refused_) + " refused" : ""));
        return failed_ ? exit_status::input_output : refused_ > 0 ? exit_status::refused : exit_status::applied;
    }

private:
    struct known_document {
        std::optional<std::string> field{}; ///< as text
        bool is_met = false;
    };

    template<class Take>
    void read(std::string const& file, Take take)
    {
        document_stream documents(file, asked_.batch.read_as);
        while (auto const next = documents.next()) {
            if (!next->is_document)
                continue;
            place_ = {file, documents.number(), documents.position(), documents.form() == document_form::lines};
            auto const place = place_of_error(next->document);
            auto const value = place ? std::nullopt : value_at(next->document, key_);
            if (place)
                refuse(R"("outcome":"rejected","violations":[{"code":"malformed_json","pointer":""}])",
                       "malformed JSON at " + in_words(*place));
            else if (!value)
                refuse(R"("outcome":"rejected","violations":[{"code":"missing_key","pointer":""}])",
                       "it has no such key");
            else
                take(canonical(*value), next->document);
        }
        if (auto const stopped = documents.stopped()) {
            failed_ = true;
            say(in_words(*stopped, documents.origin().name()));
        } else if (documents.number() == 0) {
            failed_ = true;
            say(documents.origin().name() + " is empty: it has no documents");
        }
    }

    /// A key as compact JSON, so that it is the same however it is written.
    static std::string canonical(std::string_view value)
    {
        metapatch::exact_dom dom;
        return dom.write(dom.read(value, {.max_nesting = metapatch::nesting_ceiling}).value());
    }

    /// The text of the field that a document is or has; nothing where that is absent.
    std::optional<std::string_view> field_of(std::string_view document)
    {
        if (asked_.field.empty())
            return is_null(document) ? std::nullopt : std::optional(document);
        profile_text profile(asked_.field);
        return profile.read(document) ? profile.field() : std::nullopt;
    }

    void remember(std::string key, std::string_view document)
    {
        auto const field = field_of(document);
        auto const [at, is_new] = before_.try_emplace(std::move(key));
        if (!is_new)
            return refuse(at->first, R"("outcome":"rejected","violations":[{"code":"duplicate_key","pointer":""}])",
                          "this key occurs twice in " + asked_.batch.files[0]);
        if (field)
            at->second.field = *field;
    }

    void compare(std::string key, std::string_view document)
    {
        auto const known = before_.find(key);
        if (known == before_.end()) {
            ++added_;
            tell(key, R"("outcome":"new")", "new");
            before_[std::move(key)].is_met = true; // a second one of that key is no news
            return;
        }
        if (std::exchange(known->second.is_met, true))
            return refuse(key, R"("outcome":"rejected","violations":[{"code":"duplicate_key","pointer":""}])",
                          "this key occurs twice in " + asked_.batch.files[1]);
        auto const field = field_of(document);
        if (field == known->second.field) {
            ++same_;
            return;
        }
        answer(key, std::move(known->second.field), field);
    }

    void answer(std::string const& key, std::optional<std::string> from, std::optional<std::string_view> to)
    {
        operands in(policy_.policy, {});
        auto const target = in.field_of(part::to, to ? std::optional(std::string(*to)) : std::nullopt);
        auto const stored = in.field_of(part::from, std::move(from));
        if (in.any_refused()) {
            auto const line = to_json_line(in.refused().front());
            return refuse(key, line.substr(1, line.size() - 3), message(in.refused().front()));
        }
        auto const changes = metapatch::diff(stored.state, target.state, in.rules(), asked_.presence);
        auto const bodies = bodies_for(asked_, changes, stored, in);
        if (bodies && bodies->empty()) { // the same, written in another way
            ++same_;
            return;
        }
        auto const made = answer_of(asked_, bodies);
        ++(made.codes.empty() ? changed_ : refused_);
        tell(key, made.members, made.words);
    }

    void tell(std::string const& key, std::string const& members, std::string const& words)
    {
        if (in_text_)
            out_.write(printable(key) + ": " + printable(words) + '\n');
        else
            out_.write('{' + boost::json::serialize(boost::json::value(boost::json::string(key_.back()))) + ':' + key +
                       ',' + members + "}\n");
    }

    void refuse(std::string const& key, std::string const& members, std::string const& words)
    {
        ++refused_;
        tell(key, members, words);
    }

    /// The same of what has no key.
    void refuse(std::string const& members, std::string const& words)
    {
        ++refused_;
        auto const about = boost::json::serialize(line_about(place_, {}));
        out_.write(in_text_ ? in_words(place_) + ": " + words + '\n'
                            : about.substr(0, about.size() - 1) + ',' + members + "}\n");
    }

    options const& asked_;
    named_policy const& policy_;
    std::vector<std::string> key_;
    bool const in_text_;
    writer out_;
    std::map<std::string, known_document> before_; // ordered: no hash that keys could aim at
    document_place place_;
    bool failed_ = false;
    std::uint64_t changed_ = 0;
    std::uint64_t same_ = 0;
    std::uint64_t added_ = 0;
    std::uint64_t gone_ = 0;
    std::uint64_t refused_ = 0;
};

} // namespace

exit_status diff_exports(options const& asked)
{
    check_batch_inputs(asked);
    check_no_operands(asked);
    if (asked.batch.files.size() != 2)
        throw usage_error("diff --batch takes two exports: as they were, and as they should be");
    if (asked.from_absent || asked.to_absent)
        throw usage_error("--from-absent and --to-absent are for single fields, and not for a --batch");
    auto const policy = required_policy(asked);
    check_member(asked, policy);
    if (asked.field.empty() && !policy.member.empty())
        throw usage_error("diff --batch compares one field of whole documents: --field " + std::string(policy.member));
    return export_diff(asked, policy).run();
}

} // namespace tool
