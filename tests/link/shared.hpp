// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LINK_SHARED_HPP
#define METAPATCH_TESTS_LINK_SHARED_HPP

#include <metapatch/auth0.hpp>

#include <optional>
#include <string>
#include <string_view>

/// What the other translation unit of this program says.
namespace other {

boost::system::error_category const& category();
boost::system::error_code error_code(metapatch::errc code);
metapatch::auth0::profile const* first_profile();
metapatch::result<metapatch::change> apply(metapatch::state& field, boost::json::value const& body);

std::string updated(std::string_view user, std::string_view body);
metapatch::result<std::optional<std::string>> spliced(std::string_view field, std::string_view patch);

} // namespace other

#endif
