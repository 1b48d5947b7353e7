-- SPDX-License-Identifier: BSL-1.0
-- Spreads the users of a server's database over every foreign server of it whose name begins with users_, by the hash
-- of their ids. PARTITIONS.md says what has to be there before. Run by psql while no metapatch-server runs; it does all
-- or nothing, and moves the users that are there.
\set ON_ERROR_STOP on
BEGIN;
DO $$BEGIN
    IF NOT EXISTS (SELECT FROM pg_foreign_server WHERE srvname LIKE 'users\_%') THEN
        RAISE 'there is no foreign server whose name begins with users_';
    END IF;
END$$;
ALTER TABLE users RENAME TO users_here;
CREATE TABLE users (
    id TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL DEFAULT nextval('users_position_seq'),
    document TEXT NOT NULL
) PARTITION BY HASH (id);
SELECT format('CREATE FOREIGN TABLE %I PARTITION OF users FOR VALUES WITH (MODULUS %s, REMAINDER %s) SERVER %I'
              ' OPTIONS (schema_name ''public'', table_name ''users'')',
              srvname, count(*) OVER (), row_number() OVER (ORDER BY srvname) - 1, srvname)
FROM pg_foreign_server WHERE srvname LIKE 'users\_%' ORDER BY srvname \gexec
INSERT INTO users SELECT id, position, document FROM users_here;
ALTER SEQUENCE users_position_seq OWNED BY users.position;
DROP TABLE users_here;
COMMIT;
