-- SPDX-License-Identifier: BSL-1.0
-- Each function by an example or two, on text, json and jsonb.
\pset null '(null)'
-- An update of the extension gives what a new one has.
CREATE EXTENSION metapatch VERSION '0.1';
ALTER EXTENSION metapatch UPDATE TO '0.2';
CREATE TEMP TABLE updated AS SELECT pg_describe_object(classid, objid, 0) AS object FROM pg_depend
    WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'metapatch') AND deptype = 'e';
DROP EXTENSION metapatch;
CREATE EXTENSION metapatch;
SELECT count(*) > 30 AS many, count(*) FILTER (WHERE updated.object IS NULL OR made.object IS NULL) AS different
    FROM updated FULL JOIN (SELECT pg_describe_object(classid, objid, 0) AS object FROM pg_depend
        WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'metapatch') AND deptype = 'e') AS made USING (object);
-- What all functions promise to the planner.
SELECT provolatile, proparallel, proisstrict, count(*) > 0 AS some FROM pg_proc WHERE proname LIKE 'metapatch%'
    AND prokind = 'f' GROUP BY 1, 2, 3 ORDER BY 3;

-- apply: sets, removes by null, keeps bytes.
SELECT metapatch_apply('auth0.user_metadata', '{"a": 1.10, "b" : {"c":2}}', '{"a":null,"d":[1, 2]}');
SELECT metapatch_apply('auth0.user_metadata', '{"a": 1.10, "b" : {"c":2}}'::json, '{"b":{"e":null}}');
SELECT metapatch_apply('auth0.user_metadata', '{"a": 1.10, "b" : {"c":2}}'::jsonb, '{"b":{"e":null}}');
-- An absent field is null, before and afterwards; a null patch changes nothing; {} clears, and leaves what the policy says.
SELECT metapatch_apply('auth0.user_metadata', NULL, '{"a":1}'::json), metapatch_apply('auth0.user_metadata', NULL::json, NULL),
    metapatch_apply('auth0.user_metadata', '{"a":1}', NULL::json), metapatch_apply('auth0.user_metadata', '{"a":1}'::json, '{}'),
    metapatch_apply('auth0.app_metadata', '{"a":1}'::json, '{}');
SELECT metapatch_apply('auth0.user_metadata', NULL, '{"a":1}'::jsonb), metapatch_apply('auth0.user_metadata', NULL::jsonb, NULL),
    metapatch_apply('auth0.user_metadata', '{"a":1}', NULL::jsonb), metapatch_apply('auth0.user_metadata', '{"a":1}'::jsonb, '{}'),
    metapatch_apply('auth0.app_metadata', '{"a":1}'::jsonb, '{}');
SELECT metapatch_apply('auth0.session_metadata', '{"a":"1"}'::jsonb, 'null'), metapatch_apply('auth0.user_metadata', NULL::jsonb, '{"a":null}');
SELECT metapatch_apply(NULL, '{}'::json, '{}');
-- Policies: RFC 7396, a file, and mistakes.
SELECT metapatch_apply('rfc7396', '{"a":{"b":1,"c":2}}'::jsonb, '{"a":{"b":null,"d":{"e":null,"f":1}},"g":{"h":null}}');
SELECT metapatch_apply('rfc7396', '[1]'::jsonb, '{"a":{"b":null}}'), metapatch_apply('rfc7396', '[1]'::jsonb, '"x"'),
    metapatch_apply('rfc7396', '[1]'::json, '"x"');
SELECT metapatch_apply('{"extends":"auth0.user_metadata","limits":{"max_members":2}}', '{"a":1,"b":2}'::jsonb, '{"c":3}');
SELECT metapatch_apply('auth0.user_metdata', '{}'::json, '{}');
SELECT metapatch_apply('{"limits":{"max_membrs":2}}', '{}'::json, '{}');
SELECT metapatch_apply(name || '_metadata', '{"a":1}'::json, '{"a":2}') FROM (VALUES ('auth0.user'), ('auth0.app')) AS v(name);
-- Refusals: a class of its own, the first violation as message, all of them in DETAIL, the pointer in HINT and in a field.
\set SHOW_CONTEXT never
DO $$
DECLARE code text; detail text; hint text; pointer text; violated text;
BEGIN
    PERFORM metapatch_apply('auth0.user_metadata', '{}'::jsonb, '{"a.b":1,"long":{"$":[{"c.d":2}]}}');
EXCEPTION WHEN SQLSTATE 'MP001' THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
        pointer = COLUMN_NAME, violated = CONSTRAINT_NAME;
    RAISE NOTICE '%: % % % %', code, violated, pointer, hint, detail::jsonb -> 'violations' -> 1 ->> 'pointer';
END $$;
SELECT * FROM metapatch_try_apply('auth0.user_metadata', '{"a":1}'::jsonb, '{"b":2}');
SELECT * FROM metapatch_try_apply('auth0.user_metadata', '{"a":1}'::json, '{"a.b":2}');
SELECT * FROM metapatch_try_apply('auth0.user_metadata', '[1]'::jsonb, '{"a":2}');
SELECT * FROM metapatch_try_apply('auth0.user_metadata', '{"a":', '{"a":2}');
-- validate, losses, size.
SELECT * FROM metapatch_validate('auth0.client_metadata', NULL, '{"a!":"x","b":1}'::json);
SELECT * FROM metapatch_validate('auth0.client_metadata', NULL, '{"ok":"x"}'::jsonb);
SELECT * FROM metapatch_losses('auth0.user_metadata', '{"a":{"b":1,"c":2}}'::jsonb, '{"a":{"b":3}}');
SELECT metapatch_size('{"a" : 1.0}'), metapatch_size('{"a" : 1.0}'::json), metapatch_size('{"a" : 1.0}'::jsonb), metapatch_size(NULL::json);
-- diff: no row where there is nothing to send, and never {} for it.
SELECT * FROM metapatch_diff('auth0.user_metadata', '{"a":1,"b":2}'::json, '{"a":1.0,"c":3}');
SELECT * FROM metapatch_diff('auth0.user_metadata', '{"a":1,"b":2}'::jsonb, '{"b":2,"a":1}');
SELECT * FROM metapatch_diff('auth0.user_metadata', NULL::json, '{}');
SELECT * FROM metapatch_diff('auth0.user_metadata', NULL::json, '{}', 'either');
SELECT * FROM metapatch_diff('auth0.user_metadata', '{}'::json, NULL);
SELECT * FROM metapatch_diff('auth0.user_metadata', '{}'::json, NULL, 'neither');
-- merge, compose.
SELECT metapatch_merge('auth0.user_metadata', '{"a":1,"b":1}'::jsonb, '{"a":2,"b":1}', '{"a":1,"b":3}');
SELECT metapatch_merge('auth0.user_metadata', '{"a":1}'::json, '{"a":2}', '{"a":3}');
CREATE TEMP TABLE changes (at int, patch jsonb);
INSERT INTO changes VALUES (3, '{"b":null}'), (1, '{"a":1,"b":2}'), (2, '{"a":3}'), (4, NULL);
SELECT metapatch_compose('auth0.user_metadata', patch ORDER BY at), metapatch_compose('auth0.user_metadata', patch::json ORDER BY at),
    metapatch_compose('auth0.user_metadata', patch::text ORDER BY at), metapatch_compose('auth0.user_metadata', patch) FILTER (WHERE at > 3)
    FROM changes;
SELECT at > 2 AS late, metapatch_compose('auth0.user_metadata', patch ORDER BY at DESC) FROM changes GROUP BY 1 ORDER BY 1;
SELECT metapatch_compose('auth0.user_metadata', patch) FROM (VALUES ('{}'::json), ('{"a":1}')) AS v(patch);
-- Requests.
SELECT metapatch_authorize('PATCH /users/{id}', 'update:current_user_metadata', 'auth0|1', 'auth0|1', '{user_metadata}');
SELECT metapatch_authorize('PATCH /users/{id}', 'read:users', NULL, 'auth0|1', '{user_metadata}') ->> 'allowed' AS allowed;
SELECT metapatch_update_user('{"user_id":"auth0|1","user_metadata":{"a":1}}'::json, 'update:users', NULL, 'auth0|1',
    '{"user_metadata":{"b":2}}');
SELECT metapatch_update_user('{"user_id":"auth0|1"}'::jsonb, 'read:users', NULL, 'auth0|1', '{"user_metadata":{"b":2}}');
SELECT metapatch_update_user(NULL::json, 'update:users', NULL, 'auth0|1', '{"user_metadata":{"b":2}}');
-- An index on what a patch would make is possible, for all is immutable.
CREATE TEMP TABLE users (id int, field jsonb);
CREATE INDEX ON users (metapatch_apply('auth0.user_metadata', field, '{"a":1}'));
INSERT INTO users SELECT i, jsonb_build_object('i', i) FROM generate_series(1, 3) AS i;
UPDATE users SET field = metapatch_apply('auth0.user_metadata', field, jsonb_build_object('j', id, 'i', NULL)) RETURNING field;
