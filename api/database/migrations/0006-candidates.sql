-- Villages in which an incident may have been when its place is not certain. incident.village_code is the likeliest of them.

create table incident_candidate (
  incident_id uuid not null references incident (id) on delete cascade,
  village_code text not null,
  -- Those of an incident add up to at most 1, which the service checks; the rest is a place not named.
  probability double precision not null check (probability > 0 and probability <= 1),
  primary key (incident_id, village_code)
);
create index incident_candidate_village on incident_candidate (village_code);
