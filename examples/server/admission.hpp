// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_ADMISSION_HPP
#define METAPATCH_SERVER_ADMISSION_HPP

#include "http_message.hpp"
#include "service.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace server {

/// The token of a request to the Management API.
/// Errors: those of `tokens::verify`
metapatch::auth0::answer<std::shared_ptr<verified_token const>> token_of(service const& with, request const& asked);

/// Whether a token lets its holder do what no function of the library answers as a whole.
///
/// @param operation  such as `GET /users`
/// @param target     the user that it is about, if it is about one
/// @return           the refusal, or nothing. Errors: `insufficient_scope`, `subject_mismatch`
std::optional<metapatch::auth0::refusal> denied(service const& with, verified_token const& token,
                                                std::string_view operation, std::string_view target = {});

} // namespace server

#endif
