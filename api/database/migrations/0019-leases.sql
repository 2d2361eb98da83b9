-- Leases of jobs: how often a job was taken up. Whoever works on it holds the number of its own turn, so that one who lost the lease cannot finish or store
-- any more, and a job that ends every process working on it is given up instead of being taken up for ever.

alter table job add column attempt integer not null default 0 check (attempt >= 0);
