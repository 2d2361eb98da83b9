-- What a method could have seen: simulated once for each combination of areas, neighbours, people, number of events and method.
create table power (
  key text primary key,
  result text not null,
  created_at timestamptz not null
);
