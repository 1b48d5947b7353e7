-- SPDX-License-Identifier: BSL-1.0
\echo Use "ALTER EXTENSION metapatch UPDATE TO '0.2'" to load this file. \quit

-- What others have made of a field, with what has changed between base and mine; an error where both have changed the
-- same place.
CREATE FUNCTION metapatch_merge(policy metapatch_policy, base text, mine text, theirs text) RETURNS text
    AS 'MODULE_PATHNAME', 'metapatch_merge_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
CREATE FUNCTION metapatch_merge(policy metapatch_policy, base json, mine json, theirs json) RETURNS json
    AS 'MODULE_PATHNAME', 'metapatch_merge_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
CREATE FUNCTION metapatch_merge(policy metapatch_policy, base jsonb, mine jsonb, theirs jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
    AS 'SELECT @extschema@.metapatch_merge($1, $2::text, $3::text, $4::text)::jsonb';

-- Patches as one, in the order that the aggregate is given: metapatch_compose(policy, patch ORDER BY at). Null where
-- there is nothing to send; an error where one body cannot do it.
CREATE FUNCTION metapatch_compose_add(state internal, policy metapatch_policy, patch text) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION metapatch_compose_add(state internal, policy metapatch_policy, patch json) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION metapatch_compose_add(state internal, policy metapatch_policy, patch jsonb) RETURNS internal
    AS 'MODULE_PATHNAME', 'metapatch_compose_add_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION metapatch_compose_text(state internal) RETURNS text
    AS 'MODULE_PATHNAME', 'metapatch_compose_end' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION metapatch_compose_json(state internal) RETURNS json
    AS 'MODULE_PATHNAME', 'metapatch_compose_end' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION metapatch_compose_jsonb(state internal) RETURNS jsonb
    AS 'MODULE_PATHNAME', 'metapatch_compose_end_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE metapatch_compose(policy metapatch_policy, patch text) (
    SFUNC = metapatch_compose_add, STYPE = internal, FINALFUNC = metapatch_compose_text, PARALLEL = SAFE);
CREATE AGGREGATE metapatch_compose(policy metapatch_policy, patch json) (
    SFUNC = metapatch_compose_add, STYPE = internal, FINALFUNC = metapatch_compose_json, PARALLEL = SAFE);
CREATE AGGREGATE metapatch_compose(policy metapatch_policy, patch jsonb) (
    SFUNC = metapatch_compose_add, STYPE = internal, FINALFUNC = metapatch_compose_jsonb, PARALLEL = SAFE);

-- Whether a token's scopes allow an operation, as PATCH /users/{id}, on the fields that a body names:
-- {"allowed":…,"reason":…,"granted_by":[…],"out_of_reach":[…],"sufficient":[[…],…]}.
CREATE FUNCTION metapatch_authorize(operation text, scopes text, subject text, target text, fields text[]) RETURNS json
    AS 'MODULE_PATHNAME', 'metapatch_authorize_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;

-- A whole user after PATCH /users/{id}; what the service would refuse is an error, with its body in DETAIL. Scopes are
-- null where there is no token, stored where there is no such user.
CREATE FUNCTION metapatch_update_user(stored text, scopes text, subject text, user_id text, body text) RETURNS text
    AS 'MODULE_PATHNAME', 'metapatch_update_user_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION metapatch_update_user(stored json, scopes text, subject text, user_id text, body json) RETURNS json
    AS 'MODULE_PATHNAME', 'metapatch_update_user_text' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION metapatch_update_user(stored jsonb, scopes text, subject text, user_id text, body jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
    AS 'SELECT @extschema@.metapatch_update_user($1::text, $2, $3, $4, $5::text)::jsonb';
