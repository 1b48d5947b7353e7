-- SPDX-License-Identifier: BSL-1.0
-- The table of a database that holds a part of the users. Run by psql in each of them.
\set ON_ERROR_STOP on
CREATE TABLE public.users (id TEXT COLLATE "C" PRIMARY KEY, position BIGINT NOT NULL, document TEXT NOT NULL);
CREATE INDEX ON public.users (position);
