-- SPDX-License-Identifier: BSL-1.0
\echo Use "CREATE EXTENSION metapatch" to load this file. \quit

-- A policy: the name of a profile, or a policy file as JSON. A type of its own, for a wrong one is told of at once; and
-- as it has no collation, expressions with it are shipped to other servers.
CREATE TYPE metapatch_policy;
CREATE FUNCTION metapatch_policy_in(cstring) RETURNS metapatch_policy
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION metapatch_policy_out(metapatch_policy) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE metapatch_policy (
    INPUT = metapatch_policy_in, OUTPUT = metapatch_policy_out, INTERNALLENGTH = VARIABLE, STORAGE = extended);
CREATE CAST (text AS metapatch_policy) WITH INOUT AS IMPLICIT;
CREATE CAST (metapatch_policy AS text) WITHOUT FUNCTION AS ASSIGNMENT;

-- The costs below are what a function takes, on fields of 200 bytes to 2 kB, in times of an addition.

-- What is stored after a patch. Null is a field that is absent, before and afterwards; a patch that is null changes
-- nothing. What is refused is an error of the class MP.
CREATE FUNCTION metapatch_apply(policy metapatch_policy, stored text, patch text) RETURNS text
    AS 'MODULE_PATHNAME', 'metapatch_apply_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
CREATE FUNCTION metapatch_apply(policy metapatch_policy, stored json, patch json) RETURNS json
    AS 'MODULE_PATHNAME', 'metapatch_apply_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
CREATE FUNCTION metapatch_apply(policy metapatch_policy, stored jsonb, patch jsonb) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'metapatch_apply_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;

-- The same as a row: what is refused are its violations, and no error.
CREATE FUNCTION metapatch_try_apply(policy metapatch_policy, stored text, patch text, OUT value text, OUT violations json)
    AS 'MODULE_PATHNAME', 'metapatch_try_apply_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300;
CREATE FUNCTION metapatch_try_apply(policy metapatch_policy, stored json, patch json, OUT value json, OUT violations json)
    AS 'MODULE_PATHNAME', 'metapatch_try_apply_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300;
CREATE FUNCTION metapatch_try_apply(policy metapatch_policy, stored jsonb, patch jsonb, OUT value jsonb,
                                    OUT violations json)
    AS 'MODULE_PATHNAME', 'metapatch_try_apply_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300;

-- All violations, in their order; no row where there is none. "input" says which text is meant: stored or patch, or the
-- result where it is null. A last row "omitted" counts those beyond a thousand.
CREATE FUNCTION metapatch_validate(policy metapatch_policy, stored text, patch text)
    RETURNS TABLE (code text, pointer text, "limit" bigint, actual bigint, "offset" bigint, input text,
                   message text)
    AS 'MODULE_PATHNAME', 'metapatch_validate_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1;
CREATE FUNCTION metapatch_validate(policy metapatch_policy, stored json, patch json)
    RETURNS TABLE (code text, pointer text, "limit" bigint, actual bigint, "offset" bigint, input text,
                   message text)
    AS 'MODULE_PATHNAME', 'metapatch_validate_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1;
CREATE FUNCTION metapatch_validate(policy metapatch_policy, stored jsonb, patch jsonb)
    RETURNS TABLE (code text, pointer text, "limit" bigint, actual bigint, "offset" bigint, input text,
                   message text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
    AS 'SELECT * FROM @extschema@.metapatch_validate($1, $2::text, $3::text)';

-- The bodies that make one state the other, in turn: mostly one. NO ROW where there is nothing to send; do not send {}
-- then, for that clears the field.
CREATE FUNCTION metapatch_diff(policy metapatch_policy, source text, target text, presence text DEFAULT 'exact')
    RETURNS SETOF text AS 'MODULE_PATHNAME', 'metapatch_diff_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 1;
CREATE FUNCTION metapatch_diff(policy metapatch_policy, source json, target json, presence text DEFAULT 'exact')
    RETURNS SETOF json AS 'MODULE_PATHNAME', 'metapatch_diff_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 1;
CREATE FUNCTION metapatch_diff(policy metapatch_policy, source jsonb, target jsonb, presence text DEFAULT 'exact')
    RETURNS SETOF jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000 ROWS 1
    AS 'SELECT body::jsonb FROM @extschema@.metapatch_diff($1, $2::text, $3::text, $4) AS body';

-- Pointers to what a patch loses: stored inside objects that it replaces by objects which do not name it.
CREATE FUNCTION metapatch_losses(policy metapatch_policy, stored text, patch text) RETURNS SETOF text
    AS 'MODULE_PATHNAME', 'metapatch_losses_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 1;
CREATE FUNCTION metapatch_losses(policy metapatch_policy, stored json, patch json) RETURNS SETOF text
    AS 'MODULE_PATHNAME', 'metapatch_losses_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 1;
CREATE FUNCTION metapatch_losses(policy metapatch_policy, stored jsonb, patch jsonb) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000 ROWS 1
    AS 'SELECT * FROM @extschema@.metapatch_losses($1, $2::text, $3::text)';

-- The bytes of the compact text; 0 where the field is absent.
CREATE FUNCTION metapatch_size(stored text) RETURNS bigint
    AS 'MODULE_PATHNAME', 'metapatch_size_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
CREATE FUNCTION metapatch_size(stored json) RETURNS bigint
    AS 'MODULE_PATHNAME', 'metapatch_size_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
CREATE FUNCTION metapatch_size(stored jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 200
    AS 'SELECT @extschema@.metapatch_size($1::text)';
