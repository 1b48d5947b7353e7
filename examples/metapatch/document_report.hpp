// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DOCUMENT_REPORT_HPP
#define METAPATCH_TOOL_DOCUMENT_REPORT_HPP

#include "document_change.hpp"
#include "document_place.hpp"
#include "errors.hpp"
#include "options.hpp"
#include "refusal.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tool {

/// What a batch answers of a document.
struct document_answer {
    std::string members{};            ///< of its line of JSON, behind those that say which document it is
    std::string words{};              ///< for people, behind the place: the rest of a line, or lines of their own
    std::set<std::string> codes{};    ///< by which it is counted, where it is not as it should be; else none
    bool is_silent = false;           ///< nothing is said of it
    std::optional<refusal> refused{}; ///< in place of all that
};

/// What a batch answers of each of its documents, which stay as they are.
class document_report {
public:
    document_report() = default;
    document_report(document_report const&) = delete;
    document_report& operator=(document_report const&) = delete;
    virtual ~document_report() = default;

    virtual bool takes_patches() const { return false; }
    virtual document_form form_of_patches() const { return document_form::automatic; }
    virtual void set_patch(std::string_view) {}
    virtual patch_intent intent() const { return patch_intent::change; }

    virtual document_answer answer(std::string_view document) = 0;

    /// What is to be said once, at the end; "" where nothing is.
    virtual std::string last_words() const { return {}; }
};

/// Answer of the documents of inputs, a line of JSON for each, or lines for people.
///
/// The status is `refused` where one is not as it should be. Memory does not grow with the number of documents.
exit_status report_batch(options const& asked, document_report& report);

/// The codes of what was found, each once.
std::set<std::string> codes_of(metapatch::report const& found);

} // namespace tool

#endif
