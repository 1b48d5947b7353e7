// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LOGIN_WORKER_HPP
#define METAPATCH_SERVER_LOGIN_WORKER_HPP

namespace server {

/// The program that runs Rules and Actions: `login_worker.js`, which both builds put into this one.
extern char const* const login_worker;

} // namespace server

#endif
