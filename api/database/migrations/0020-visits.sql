-- Visits: who goes where, whom they met and heard, what was agreed and what became of it; the people who can talk to both sides; what calls for an answer.
-- All of it is the leaders': analysts, verifiers and those who report read none of it, except alerts that are meant for the whole team.

-- Who goes out together.
create table visit_team (
  id uuid primary key,
  version integer not null default 1,
  -- Whose it is, and who sees it.
  area_code text not null check (area_code ~ '^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$'),
  name text not null,
  -- Where its days begin and end: an area's label point, or a point of its own.
  base_code text,
  base_lon float8,
  base_lat float8,
  hours_per_day float8 not null check (hours_per_day > 0 and hours_per_day <= 24),
  starts_at text not null check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  -- 1 is Monday, 7 Sunday.
  weekdays integer[] not null,
  skills text[] not null,
  languages text[] not null,
  -- [{name, role?, nip?}]: officials on duty, for the letter of assignment.
  members jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  content_hash text not null,
  withdrawn_at timestamptz
);

-- A run of visit-plan that was assigned; assigned anew it keeps its id.
create table visit_plan (
  id uuid primary key,
  version integer not null default 1,
  -- What all its villages have in common; null where they share no province.
  area_code text,
  title text,
  run_id text not null,
  starts_on date not null,
  ends_before date not null,
  assigned_at timestamptz not null,
  assigned_by text not null,
  content_hash text not null,
  withdrawn_at timestamptz
);

create table visit (
  id uuid primary key,
  version integer not null default 1,
  -- Grows with every change of where and when, so that calendars take the newer one.
  sequence integer not null default 0,
  plan_id uuid references visit_plan (id),
  position integer,
  team_id uuid references visit_team (id),
  team text,
  village_code text not null,
  regency_code text not null,
  day date not null,
  -- Null: only the day is known.
  starts_at timestamptz,
  ends_at timestamptz,
  status text not null check (status in ('planned', 'done', 'missed', 'cancelled')),
  -- Stays with its team and day when the plan is made anew.
  locked boolean not null,
  exploration boolean not null default false,
  gain float8,
  reason jsonb,
  alternative jsonb,
  purpose text,
  issue text,
  potential_id uuid,
  -- [{id?, name?, type, side, count, women, youth, heard}]
  participants jsonb not null,
  -- [{party, side, interest}]
  interests jsonb not null,
  -- What was said and seen, and apart from it what the team thinks of it.
  minutes text,
  assessment text,
  outcome text check (outcome in ('agreement', 'progress', 'no_change', 'worse', 'not_met')),
  next_review date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  content_hash text not null,
  withdrawn_at timestamptz,
  check (ends_at is null or starts_at is not null and ends_at >= starts_at)
);
create unique index visit_of_plan on visit (plan_id, village_code) where plan_id is not null;
create index visit_village on visit (village_code, day);
create index visit_team_day on visit (team_id, day);

create table agreement (
  id uuid primary key,
  version integer not null default 1,
  visit_id uuid not null references visit (id),
  village_code text not null,
  regency_code text not null,
  title text not null,
  issue text,
  facts text,
  -- [{type, side, name?}]
  parties jsonb not null,
  agreed_on date not null,
  review_on date,
  status text not null check (status in ('open', 'kept', 'broken', 'ended')),
  closing_note text,
  -- [{id, text, responsible, due_on, status, done_on, note}]
  items jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  content_hash text not null,
  withdrawn_at timestamptz
);
create index agreement_visit on agreement (visit_id);

-- People who can talk to both sides. Kept only while they consent, and in no history: withdrawn, nothing of the person is left.
create table mediator (
  id uuid primary key,
  version integer not null default 1,
  -- Where they live or work; by it they are seen.
  area_code text not null check (area_code ~ '^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$'),
  name text,
  -- What they are: tokoh agama, FKDM, dosen.
  role text,
  contact text,
  skills text[] not null,
  languages text[] not null,
  issues text[] not null,
  serves text[] not null,
  consent_on date,
  consent_until date,
  consent_how text,
  available boolean not null,
  note text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  content_hash text not null,
  withdrawn_at timestamptz,
  check ((withdrawn_at is null) = (name is not null)),
  check (withdrawn_at is not null or consent_on is not null)
);

-- Every version of a visit, an agreement, a team or a plan as it stood; of mediators none.
create table visit_work_history (
  kind text not null check (kind in ('visits', 'agreements', 'teams', 'visit-plans')),
  item_id uuid not null,
  version integer not null,
  area_code text,
  operation text not null check (operation in ('create', 'replace', 'assign', 'withdraw')),
  changed_at timestamptz not null,
  changed_by text not null,
  record jsonb not null,
  primary key (kind, item_id, version)
);
create index visit_work_history_time on visit_work_history (changed_at);

-- Files that belong to a visit: photos, signed papers. Their bytes stand where those of reports stand, each content once.
create table visit_attachment (
  id uuid primary key,
  visit_id uuid not null references visit (id) on delete cascade,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  added_at timestamptz not null,
  added_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text
);
create unique index visit_attachment_once on visit_attachment (visit_id, sha256) where withdrawn_at is null;
create index visit_attachment_content on visit_attachment (sha256);

-- What crossed a rule and waits for somebody. Raised and settled by the service, owned and answered by people.
create table alert (
  id uuid primary key,
  version integer not null default 1,
  kind text not null check (kind ~ '^[a-z][a-z_]*$'),
  area_code text not null,
  -- What it is about: a collection's name and the id in it.
  subject_kind text not null,
  subject_id text not null,
  -- With kind and subject: the same thing is raised once. The due day of what is overdue, so that a new date raises anew.
  occasion text not null,
  audience text not null check (audience in ('team', 'leaders')),
  due_on date,
  -- Numbers and names that its sentence is made of.
  details jsonb not null,
  raised_at timestamptz not null,
  owner text,
  owned_at timestamptz,
  -- settled: what it told of is over, without anybody's answer.
  state text not null check (state in ('open', 'owned', 'answered', 'settled')),
  answer text,
  answered_at timestamptz,
  answered_by text,
  settled_at timestamptz
);
create unique index alert_once on alert (kind, subject_id, occasion);
create index alert_state on alert (state, raised_at);

-- True for those who plan visits.
create function leaders_rule() returns text
language sql immutable
as $$
  select '(current_setting(''waspada.role'', true) in (''leader'', ''admin''))'
$$;

-- As protect_by_area, for leaders and admins alone. The assessor reads figures of it where it is told which columns.
create function protect_for_leaders(ruled regclass, area_column name) returns void
language plpgsql
as $$
declare
  inside constant text := area_rule(area_column);
begin
  perform force_rules(ruled);
  execute format('create index on %s ((%I collate "C"))', ruled, area_column);
  perform add_rule(ruled, 'waspada_national', 'select, insert, update, delete', leaders_rule());
  perform add_rule(ruled, 'waspada_area', 'select, insert, update, delete', inside || ' and ' || leaders_rule());
  perform add_rule(ruled, 'waspada_reporter', 'select');
  perform add_rule(ruled, 'waspada_viewer', 'select');
  perform add_rule(ruled, 'waspada_importer', 'select, insert, update, delete', 'true', inside);
end;
$$;

select protect_for_leaders('visit_team', 'area_code');
select protect_for_leaders('visit_plan', 'area_code');
select protect_for_leaders('visit', 'village_code');
select protect_for_leaders('agreement', 'village_code');
select protect_for_leaders('mediator', 'area_code');
select protect_for_leaders('visit_work_history', 'area_code');

select force_rules('visit_attachment');
select add_rule('visit_attachment', ('waspada_' || actor)::name, 'select, insert, update, delete', 'exists (select from visit v where v.id = visit_id)')
  from unnest(array['national', 'area', 'importer']) as actor;

-- Bytes are seen by whoever sees a file that holds them, of a report or of a visit.
select add_rule('attachment_part', ('waspada_' || actor)::name, 'select, insert',
    'exists (select from attachment a where a.sha256 = attachment_part.sha256) or exists (select from visit_attachment v where v.sha256 = attachment_part.sha256)',
    'true')
  from unnest(array['area', 'reporter']) as actor;
grant select on visit_attachment to waspada_reporter;

select force_rules('alert');
create index alert_area on alert ((area_code collate "C"));
select add_rule('alert', 'waspada_national', 'select, update', '(audience = ''team'' or ' || leaders_rule() || ')');
select add_rule('alert', 'waspada_area', 'select, update', area_rule('area_code') || ' and (audience = ''team'' or ' || leaders_rule() || ')');
select add_rule('alert', ('waspada_' || actor)::name, 'select') from unnest(array['reporter', 'viewer']) as actor;
select add_rule('alert', ('waspada_' || actor)::name, 'select, insert, update', 'true') from unnest(array['keeper', 'assessor']) as actor;
select add_rule('alert', 'waspada_importer', 'select, insert, delete', 'true');

-- The keeper sees what is due, the assessor where and when somebody was; neither what was said.
select add_rule(ruled::regclass, ('waspada_' || actor)::name, 'select', 'true')
  from unnest(array['visit', 'agreement', 'visit_work_history']) as ruled, unnest(array['keeper', 'assessor']) as actor;
select hide_columns('visit', array['team', 'purpose', 'participants', 'interests', 'minutes', 'assessment'], 'keeper', 'assessor');
select hide_columns('agreement', array['facts', 'parties', 'closing_note'], 'keeper', 'assessor');
revoke select on visit_work_history from waspada_keeper;

-- Plans of visits name who goes where: their runs are the leaders' too.
select add_rule('run', 'waspada_national', 'select', '(process <> ''visit-plan'' or ' || leaders_rule() || ')');
select add_rule('run', 'waspada_area', 'select',
    '(process <> ''visit-plan'' or ' || leaders_rule() || ') and (exists (select from standing s where s.run_id = id) or ' || person_rule('person')
    || ' or case jsonb_typeof(inputs -> ''areas'') when ''array'' then'
    || ' (select bool_and(is_in_areas(asked.code)) from jsonb_array_elements_text(inputs -> ''areas'') as asked(code)) end)');
