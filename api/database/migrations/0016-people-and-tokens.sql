-- People who can be changed and shut out at once, what they sign in with, and how often somebody failed to.

alter table person
  add column name_key text,
  add column email text,
  add column is_disabled boolean not null default false,
  add column must_change_password boolean not null default false,
  add column password_changed_at timestamptz,
  add column signed_in_at timestamptz,
  add column totp_secret text,
  add column totp_offered text,
  add column totp_last_step bigint,
  add column openid_issuer text,
  add column openid_subject text;

-- How a name is told from others: "Budi" and "budi" are one person.
update person set name_key = lower(name);
alter table person alter column name_key set not null;
create unique index person_name_key on person (name_key);
create unique index person_email on person (lower(email));
create unique index person_openid on person (openid_issuer, openid_subject);

-- Names of people who were removed. A name is not given again, so that nobody takes up what another left under it.
create table former_person (
  name_key text primary key,
  removed_at timestamptz not null
);

create table recovery_code (
  person_name text not null references person on delete cascade,
  code_hash text not null,
  primary key (person_name, code_hash)
);

-- A null role, and null areas, are those of the person; others only ever narrow what the person may do now.
create table bearer_token (
  id uuid primary key,
  person_name text not null references person on delete cascade,
  label text not null,
  token_hash text not null unique,
  role text check (role in ('reporter', 'partner', 'viewer', 'analyst', 'leader', 'verifier', 'admin')),
  areas text[],
  is_read_only boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index bearer_token_person on bearer_token (person_name);

-- A session says who, never what: role and areas are read from the person at every request. Those that were open say what, so they end here.
delete from session;
alter table session
  drop column role,
  drop column areas,
  drop column is_demo,
  add column id uuid not null unique,
  add column kind text not null check (kind in ('person', 'token', 'bootstrap', 'demo')),
  add column token_id uuid references bearer_token on delete cascade,
  add column bootstrap_hash text,
  add column agent text not null default '';
create index session_person on session (person_name);
create index session_expiry on session (expires_at);

-- Failed sign-ins by person and by address, kept here because several processes count together. Keys are hashes.
create table sign_in_failure (
  key_hash text primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);

-- A sign-in that has gone to the OpenID provider and has not come back.
create table openid_attempt (
  state_hash text primary key,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);

select protect_for_system(kept::regclass)
  from unnest(array['former_person', 'recovery_code', 'bearer_token', 'sign_in_failure', 'openid_attempt']) as kept;
