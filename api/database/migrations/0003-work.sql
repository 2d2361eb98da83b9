-- Jobs claimed from the database, immutable runs, standing assessments.

create table job (
  id uuid primary key,
  kind text not null check (kind in ('process', 'import')),
  subject text not null,
  status text not null check (status in ('accepted', 'running', 'successful', 'failed', 'dismissed')),
  progress smallint not null default 0 check (progress between 0 and 100),
  message text,
  request jsonb not null,
  result text,
  problem jsonb,
  person text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  lease_until timestamptz,
  worker text
);
create index job_waiting on job (created_at) where status in ('accepted', 'running');

create table run (
  id text primary key,
  process text not null,
  inputs jsonb not null,
  input_hash text not null,
  seed bigint not null,
  software text not null,
  data_as_of timestamptz not null,
  result text not null,
  person text not null,
  created_at timestamptz not null
);
create index run_by_hash on run (input_hash);

-- The published assessments of each kabupaten, newest by published_at; older ones stay so that an old map can be replayed.
create table standing (
  kind text not null check (kind in ('risk', 'hotspots')),
  regency_code text not null,
  run_id text not null references run (id),
  published_at timestamptz not null,
  primary key (kind, regency_code, published_at)
);

-- One row an area and kind: the values last published, for the collections `risk` and `hotspots`.
create table standing_value (
  kind text not null check (kind in ('risk', 'hotspots')),
  area_code text not null,
  regency_code text not null,
  run_id text not null references run (id),
  values jsonb not null,
  primary key (kind, area_code)
);
create index standing_value_regency on standing_value (kind, regency_code, area_code);

-- Kabupaten whose standing assessment is behind their data; written in the transaction that changes the data.
create table standing_due (
  regency_code text primary key,
  due_since timestamptz not null
);
