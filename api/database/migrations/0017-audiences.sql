-- What the team shows to one person who otherwise reads only what they filed: an incident or a report, by name.

create table shared_item (
  kind text not null check (kind in ('incident', 'report')),
  item_id uuid not null,
  person_name text not null,
  shared_at timestamptz not null,
  shared_by text not null,
  primary key (kind, item_id, person_name)
);
create index shared_item_person on shared_item (person_name, kind);

-- What somebody filed is looked up by who filed it.
create index incident_recorded_by on incident (recorded_by);
create index report_recorded_by on report (recorded_by);
