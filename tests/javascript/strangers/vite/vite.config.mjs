// SPDX-License-Identifier: BSL-1.0
export default { worker: { format: 'es' }, build: { target: 'es2022' } };
