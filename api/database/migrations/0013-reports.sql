-- What was known of reports and when, who verified what, which incidents were found to be one, and the files that prove it.

alter table incident add column verification_level text check (verification_level in ('district', 'regency'));
alter table incident add column merged_into uuid references incident (id) on delete set null;
create index incident_merged_into on incident (merged_into) where merged_into is not null;

alter table incident_history drop constraint incident_history_operation_check;
alter table incident_history add constraint incident_history_operation_check
  check (operation in ('create', 'replace', 'withdraw', 'import', 'verify', 'merge', 'unmerge', 'attach', 'detach'));
create index incident_history_time on incident_history (changed_at);

alter table report add column verification_level text check (verification_level in ('district', 'regency'));
alter table report add column withdrawn_at timestamptz;
create index report_import on report (import_id) where import_id is not null;

-- Every version of a report as it stood: its row, and the incidents it was tied to in `incident_ids`.
create table report_history (
  report_id uuid not null references report (id) on delete cascade,
  version integer not null,
  operation text not null
    check (operation in ('create', 'replace', 'withdraw', 'import', 'verify', 'merge', 'unmerge', 'attach', 'detach', 'attachment')),
  changed_at timestamptz not null,
  changed_by text not null,
  content jsonb not null,
  primary key (report_id, version)
);
create index report_history_time on report_history (changed_at);

-- Reports from before were never changed: each was known from the moment it was recorded.
insert into report_history (report_id, version, operation, changed_at, changed_by, content)
select r.id, r.version, case when r.import_id is null then 'create' else 'import' end, r.recorded_at, r.recorded_by,
       to_jsonb(r) || jsonb_build_object('incident_ids', coalesce(tied.ids, '[]'::jsonb))
  from report r
  left join (select report_id, jsonb_agg(incident_id order by incident_id) as ids from report_incident group by report_id) tied
    on tied.report_id = r.id;

-- One line a decision about an incident or a report: from where to where, who, when, why. Nothing is ever taken from it.
create table verification_step (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('incident', 'report')),
  item_id uuid not null,
  version integer not null,
  from_status text not null,
  from_level text,
  to_status text not null,
  to_level text,
  reason text,
  decided_at timestamptz not null,
  decided_by text not null
);
create index verification_step_item on verification_step (kind, item_id, id);

-- An incident that a person found to be the same as another; undone when unmerged_at is told.
create table incident_merge (
  id uuid primary key,
  from_id uuid not null references incident (id) on delete cascade,
  into_id uuid not null references incident (id) on delete cascade,
  status_before text not null,
  level_before text,
  reason text,
  merged_at timestamptz not null,
  merged_by text not null,
  unmerged_at timestamptz,
  unmerged_by text
);
create unique index incident_merge_active on incident_merge (from_id) where unmerged_at is null;
create index incident_merge_into on incident_merge (into_id) where unmerged_at is null;

-- The reports that moved with it; `was_there` where the other incident had the report of its own.
create table incident_merge_report (
  merge_id uuid not null references incident_merge (id) on delete cascade,
  report_id uuid not null references report (id) on delete cascade,
  was_there boolean not null,
  primary key (merge_id, report_id)
);
create index incident_merge_report_by_report on incident_merge_report (report_id);

-- Pairs that a person found to be different, so that they are not proposed again. The smaller id comes first.
create table incident_not_duplicate (
  first_id uuid not null references incident (id) on delete cascade,
  second_id uuid not null references incident (id) on delete cascade,
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (first_id, second_id),
  check (first_id < second_id)
);

-- The bytes of attached files, each content once, in parts of at most 1 MiB.
create table attachment_part (
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  part integer not null,
  data bytea not null,
  primary key (sha256, part)
);

create table attachment (
  id uuid primary key,
  report_id uuid not null references report (id) on delete cascade,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  added_at timestamptz not null,
  added_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text
);
create unique index attachment_once on attachment (report_id, sha256) where withdrawn_at is null;
create index attachment_content on attachment (sha256);
