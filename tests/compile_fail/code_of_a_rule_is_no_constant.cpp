// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/policy.hpp>

constexpr metapatch::rule_code lasting{"mine", "a constant of static storage"};

metapatch::key_verdict verdict()
{
#ifdef METAPATCH_MUST_FAIL
    metapatch::rule_code const passing{"mine", "gone when the verdict is looked at"};
    return passing;
#else
    return lasting;
#endif
}
