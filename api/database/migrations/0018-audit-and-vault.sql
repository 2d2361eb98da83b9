-- The audit trail: who did and who read what. Ids and hashes only, never content. Nothing here is ever changed or removed.

create table audit_entry (
  id bigint generated always as identity primary key,
  noted_at timestamptz(3) not null default clock_timestamp(),
  who text not null check (who <> ''),
  role text not null,
  what text not null check (what ~ '^[a-z-]+([.][a-z-]+)*$'),
  -- "kind/id": the shape leaves no room for a sentence.
  object text not null check (object ~ '^[a-z-]+(/[^[:space:]]{1,250})?$'),
  -- What a page or a file held, as ids.
  objects text[] not null default '{}',
  -- SHA-256 of what is not kept here, such as a reason or a filter.
  detail_hash text check (detail_hash ~ '^[0-9a-f]{64}$')
);
create index audit_entry_time on audit_entry (noted_at, id);
create index audit_entry_object on audit_entry (object, id);
create index audit_entry_objects on audit_entry using gin (objects);

-- The chain: one line for each entry in the order in which it was sealed. An entry is written inside the transaction of what it tells,
-- many at once; it is sealed within a second by whichever process holds the lock, so that the chain has one order and never forks.
create table audit_seal (
  sequence bigint primary key check (sequence > 0),
  entry_id bigint not null unique,
  sealed_at timestamptz(3) not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$')
);

-- What waits for its seal. Losing a line loses nothing: the check finds every entry that has none.
create table audit_unsealed (
  entry_id bigint primary key
);

-- By a trigger, for whoever notes may not read what was noted.
create function queue_for_seal() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public
as $$
begin
  insert into audit_unsealed (entry_id) values (new.id);
  return null;
end;
$$;
create trigger queue_for_seal after insert on audit_entry
  for each row execute function queue_for_seal();

create function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = '42501';
end;
$$;

create trigger append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_seal
  for each statement execute function refuse_change();

-- The vault: who reported. Everything personal is encrypted before it reaches the database, each person with a key of their own; that key is
-- wrapped by a key outside the database. `leaf` says by which of its keys; once that leaf is destroyed nothing opens the row, here or in a backup.
create sequence identity_leaf;

create table reporter_identity (
  id uuid primary key,
  report_id uuid not null references report (id) on delete cascade,
  key_id text not null,
  leaf bigint not null,
  wrapped_key bytea,
  sealed bytea,
  filed_at timestamptz(3) not null,
  filed_by text not null,
  erased_at timestamptz(3),
  erased_by text,
  -- An erased identity keeps nothing of the person.
  check ((erased_at is null) = (wrapped_key is not null)),
  check ((erased_at is null) = (sealed is not null))
);
create unique index reporter_identity_report on reporter_identity (report_id) where erased_at is null;
create index reporter_identity_filed on reporter_identity (filed_at) where erased_at is null;

-- Each opening and its reason, sealed with the key of the person that was opened.
create table identity_opening (
  id uuid primary key,
  identity_id uuid not null references reporter_identity (id) on delete cascade,
  opened_at timestamptz(3) not null,
  opened_by text not null,
  sealed_reason bytea
);
create index identity_opening_identity on identity_opening (identity_id, opened_at);

-- The only people who may open an identity.
create table identity_opener (
  name text primary key,
  named_at timestamptz(3) not null,
  named_by text not null
);

-- Everybody adds to the trail, nobody changes it, and the auditor alone reads it. What waits for a seal is the auditor's.
select force_rules(kept::regclass)
  from unnest(array['audit_entry', 'audit_seal', 'audit_unsealed', 'reporter_identity', 'identity_opening', 'identity_opener']) as kept;
select let_all_add('audit_entry');
select add_rule('audit_entry', 'waspada_auditor', 'select, insert', 'true');
select add_rule('audit_seal', 'waspada_auditor', 'select, insert', 'true');
select add_rule('audit_unsealed', 'waspada_auditor', 'select, insert, delete', 'true');
revoke update, delete, truncate on audit_entry, audit_seal from waspada_archivist;

-- Whoever files a report may put its identity into the vault and not take it out again.
select let_all_add('reporter_identity');
select add_rule('reporter_identity', 'waspada_auditor', 'select, insert, update', 'true');
select add_rule('identity_opening', 'waspada_auditor', 'select, insert, update', 'true');
select add_rule('identity_opener', 'waspada_auditor', 'select, insert, delete', 'true');
grant usage on sequence identity_leaf to waspada_nobody, waspada_national, waspada_area, waspada_reporter, waspada_importer, waspada_auditor, waspada_archivist;
