-- Rows of imports that wait until a person says which place, or which of several rows, is meant.

create table queued_row (
  -- Made from the row's content: the same file again meets its own rows and doubles none.
  id uuid primary key,
  import_id uuid not null,
  kind text not null check (kind in ('indicators', 'incidents', 'reports', 'boundaries')),
  file_name text not null,
  row integer not null,
  -- Code of the catalogue of problems, with its details.
  reason text not null,
  details jsonb not null,
  -- The place as it was written; null where the place is not what is asked.
  place text,
  -- The record as read, from which what is settled is made.
  record jsonb not null,
  -- [{"village_code", "probability"}], likeliest first; the rest up to 1 is none of them.
  candidates jsonb not null,
  -- The villages of the candidates: who may see and settle the row.
  area_codes text[] not null,
  -- Rows of one group exclude each other: at most one of them is taken.
  choice_group uuid,
  -- Hash of what the row says, so that the same row is known again.
  content_hash text not null,
  state text not null check (state in ('waiting', 'placed', 'kept', 'dropped')),
  queued_by text not null,
  queued_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  village_code text,
  drop_reason text,
  -- What settling changed, so that it can be undone and nothing else is.
  outcome jsonb,
  version integer not null default 1
);
create index queued_row_waiting on queued_row (state, kind, queued_at, id);
create index queued_row_group on queued_row (choice_group);
create index queued_row_import on queued_row (import_id, row);
create index queued_row_areas on queued_row using gin (area_codes);

create table queued_row_history (
  queued_row_id uuid not null references queued_row (id) on delete cascade,
  version integer not null,
  operation text not null check (operation in ('queue', 'settle', 'drop', 'undo')),
  changed_at timestamptz not null,
  changed_by text not null,
  settlement jsonb not null,
  primary key (queued_row_id, version)
);

-- Rows that an import will queue when it is committed.
create unlogged table staged_queued_row (
  import_id uuid not null,
  row integer not null,
  id uuid not null,
  reason text not null,
  details jsonb not null,
  place text,
  record jsonb not null,
  candidates jsonb not null,
  area_codes text[] not null,
  choice_group uuid,
  content_hash text not null,
  primary key (import_id, id)
);

-- Where the incidents of a file may have been, for those kept with several possible villages.
create unlogged table staged_incident_candidate (
  import_id uuid not null,
  incident_id uuid not null,
  village_code text not null,
  probability double precision not null
);
create index staged_incident_candidate_import on staged_incident_candidate (import_id, incident_id);
