-- Which column a person last took for which field, by kind of import and set of columns: offered the next time such a file comes.

create table column_mapping (
  kind text not null,
  -- The column names, trimmed, in lower case and in order, as one hash.
  columns_hash text not null,
  mapping jsonb not null,
  used_at timestamptz not null,
  used_by text not null,
  primary key (kind, columns_hash)
);

-- What a number is measured in and on what terms it may be used; null where the sender did not say.
alter table indicator_value add column unit text, add column licence text;
alter table staged_indicator_value add column source text, add column unit text, add column licence text;
