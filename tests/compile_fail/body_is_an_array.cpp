// SPDX-License-Identifier: BSL-1.0
#include <metapatch/patch/apply.hpp>

#ifdef METAPATCH_MUST_FAIL
using body_type = boost::json::array;
#else
using body_type = boost::json::object;
#endif

bool applies(metapatch::state& field, body_type const& body)
{
    return apply(field, body, metapatch::first_level).has_value();
}
