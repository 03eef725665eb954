import type { Knex } from 'knex';

/**
 * Chains the audit log: each line's hash covers the line and the hash before it, so that a line which was changed or taken out
 * shows. A table beside the log, so that both stay INSERT-only. The trigger runs at the commit: the lock that puts lines in order is
 * the last one a transaction takes, and nobody waits in a circle. Takes a SHARE ROW EXCLUSIVE lock on audit_log while it chains
 * the lines that are there.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_chain (
      chain_no bigint generated always as identity primary key,
      audit_no bigint not null unique,
      -- Unique: the chain cannot fork.
      previous bytea not null unique,
      hash     bytea not null
    );
    create trigger audit_chain_immutable before update or delete on audit_chain
      for each row execute function refuse_change();

    create function chain_audit() returns trigger language plpgsql as $$
    declare
      before bytea;
    begin
      perform pg_advisory_xact_lock(7203);
      select hash into before from audit_chain order by chain_no desc limit 1;
      before := coalesce(before, sha256('recallwave'));
      insert into audit_chain (audit_no, previous, hash) values (new.audit_no, before, sha256(before || convert_to(
        jsonb_build_array(new.audit_no, new.actor, new.action, new.subject, new.details,
          to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8')));
      return null;
    end $$;

    lock table audit_log in share row exclusive mode;
    do $$
    declare
      line   audit_log;
      before bytea := sha256('recallwave');
      after  bytea;
    begin
      for line in select * from audit_log order by audit_no loop
        after := sha256(before || convert_to(
          jsonb_build_array(line.audit_no, line.actor, line.action, line.subject, line.details,
            to_char(line.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8'));
        insert into audit_chain (audit_no, previous, hash) values (line.audit_no, before, after);
        before := after;
      end loop;
    end $$;

    create constraint trigger audit_log_chained after insert on audit_log
      deferrable initially deferred for each row execute function chain_audit();

    create index audit_log_actor on audit_log (actor, audit_no);
    create index audit_log_action on audit_log (action text_pattern_ops, audit_no);
    create index audit_log_subject on audit_log (subject text_pattern_ops, audit_no);
    create index audit_log_at on audit_log (at);
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index audit_log_at, audit_log_subject, audit_log_action, audit_log_actor;
    drop trigger audit_log_chained on audit_log;
    drop table audit_chain;
    drop function chain_audit();
  `);
}
