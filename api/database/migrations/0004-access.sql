-- People, their sessions and tokens; answers kept for repeated requests.

create table person (
  name text primary key,
  role text not null check (role in ('reporter', 'partner', 'viewer', 'analyst', 'leader', 'verifier', 'admin')),
  areas text[],
  password_hash text,
  created_at timestamptz not null
);

create table session (
  token_hash text primary key,
  person_name text not null,
  role text not null,
  areas text[],
  is_demo boolean not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

create table idempotent_answer (
  person text not null,
  key text not null,
  request_hash text not null,
  status smallint not null,
  headers jsonb not null,
  body text not null,
  created_at timestamptz not null,
  primary key (person, key)
);
