-- Who should report from where and how often (roster), and standing disputes (potential), each with every version kept.

create table roster_line (
  id uuid primary key,
  version integer not null default 1,
  -- A village, or a kecamatan or kabupaten: then every village in it.
  area_code text not null check (area_code ~ '^[0-9]{2}\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?$'),
  cadence text not null check (cadence in ('weekly', 'monthly', 'period', 'days')),
  every_days integer check (every_days between 1 and 366),
  -- Days after the last day of a period within which its report is in time.
  grace_days integer not null check (grace_days between 0 and 120),
  valid_from date not null,
  -- The last day; null is open.
  valid_to date,
  -- What the reporter is (perangkat desa, FKDM), never who.
  reporter_role text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  import_id uuid,
  content_hash text not null,
  removed_at timestamptz,
  check ((cadence = 'days') = (every_days is not null)),
  check (valid_to is null or valid_to >= valid_from)
);
create index roster_line_area on roster_line (area_code);

-- Who the reporter is stands apart, is in no history, and goes with the line: it can be forgotten without touching what was expected.
create table roster_reporter (
  line_id uuid primary key references roster_line (id) on delete cascade,
  reporter text not null
);

create table roster_history (
  line_id uuid not null,
  version integer not null,
  operation text not null check (operation in ('create', 'replace', 'remove', 'import')),
  changed_at timestamptz not null,
  changed_by text not null,
  line jsonb not null,
  primary key (line_id, version)
);

create table potential (
  id uuid primary key,
  version integer not null default 1,
  -- The village it is shown in and by which it is seen; the first of village_codes.
  village_code text not null,
  village_codes text[] not null check (cardinality(village_codes) > 0),
  regency_code text not null,
  geometry geometry(Point, 4326),
  title text not null,
  issue text not null,
  stage text not null,
  status text not null check (status in ('open', 'closed')),
  -- The office or post that looks after it.
  owner text,
  opened_on date not null,
  review_due date,
  closed_on date,
  closing_note text,
  -- [{type, role, name?}]: groups, never persons.
  actors jsonb not null,
  facts text not null,
  opinion text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  import_id uuid,
  content_hash text not null,
  withdrawn_at timestamptz,
  check ((status = 'closed') = (closed_on is not null)),
  check (closed_on is null or closed_on >= opened_on)
);
create index potential_village on potential (village_code);
create index potential_villages on potential using gin (village_codes);
create index potential_geometry on potential using gist (geometry);

create table potential_history (
  potential_id uuid not null,
  version integer not null,
  operation text not null check (operation in ('create', 'replace', 'close', 'reopen', 'withdraw', 'import')),
  changed_at timestamptz not null,
  changed_by text not null,
  -- The row as it stood, its geometry as EWKB in hexadecimal.
  record jsonb not null,
  primary key (potential_id, version)
);
create index potential_history_time on potential_history (changed_at);

-- Lines of a roster and potentials of a file, checked and waiting; `record` holds the columns of the table they go to.
create unlogged table staged_record (
  import_id uuid not null,
  row integer not null,
  id uuid not null,
  area_codes text[] not null,
  content_hash text not null,
  record jsonb not null,
  reporter text,
  primary key (import_id, row)
);
create index staged_record_id on staged_record (import_id, id);
