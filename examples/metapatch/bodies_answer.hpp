// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_BODIES_ANSWER_HPP
#define METAPATCH_TOOL_BODIES_ANSWER_HPP

#include "document_report.hpp"
#include "errors.hpp"
#include "operands.hpp"
#include "options.hpp"

#include <metapatch/algebra/bodies.hpp>

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace tool {

/// The texts of PATCH bodies, to be sent in turn.
using body_texts = std::vector<std::string>;

/// What to send for a patch where the field is known: each body is one that the policy accepts in its turn.
metapatch::result<body_texts> bodies_for(options const& asked, metapatch::result<metapatch::patch> const& changes,
                                         known_field const& stored, operands const& in);

/// The texts of bodies for any state of the field.
metapatch::result<body_texts> texts_of(metapatch::result<metapatch::patch_bodies> const& bodies, operands const& in);

/// What a command found beside the bodies.
struct beside_bodies {
    std::string lines{};         ///< for people, above the bodies
    boost::json::object facts{}; ///< further members of the answer as JSON
};

/// Answer with what is to be sent: a line that is the body. No script sends anything else by accident: where nothing is
/// to be sent there is no line, and a status of its own; where one body cannot do it there are lines only if they were
/// asked for, for the first of them may be `{}`; where no body can, there is the reason.
exit_status say_bodies(options const& asked, named_policy const& policy, metapatch::result<body_texts> const& bodies,
                       beside_bodies const& beside = {});

/// The same of one document of many.
document_answer answer_of(options const& asked, metapatch::result<body_texts> const& bodies);

} // namespace tool

#endif
