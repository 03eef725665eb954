import type { Knex } from 'knex';

/**
 * How many users of a wave stopped where, and how many messages are in which state, counted as rows change, and which messages are
 * in trouble: a wave's page, its progress and its lists of failed messages read some hundred rows however large the wave is. Every statement adds its difference as rows of its own, so that
 * senders never wait for each other; the worker sums them up. Takes SHARE ROW EXCLUSIVE locks on ways and messages while it counts
 * what is there. No index on a message's state: its updates stay on their page.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table message_counts (
      wave_no      bigint not null,
      step         smallint not null,
      channel      text not null,
      action       text not null,
      arm          text not null,
      state        text not null,
      state_reason text,
      due_at       timestamptz,                          -- minute of the plan of open ones
      messages     integer not null,                     -- a difference, may be negative
      counted_at   timestamptz not null default now()    -- -infinity: a sum
    );
    create index message_counts_wave on message_counts (wave_no);

    create table way_counts (
      wave_no     bigint not null,
      step        smallint not null,
      disposition text not null,
      rung        text,
      reason      text,
      assignment  text,
      action      text,
      arm         text,                                  -- drawn, of held-out users too
      users       integer not null
    );
    create index way_counts_wave on way_counts (wave_no);

    -- Messages that stand otherwise than planned, on the way or taken: what a list by such a state reads.
    create table message_troubles (
      wave_no    bigint not null,
      state      text not null,
      message_no bigint not null,
      primary key (wave_no, state, message_no)
    );

    create function count_messages() returns trigger language plpgsql as $$
    begin
      if tg_op = 'TRUNCATE' then
        delete from message_counts;
        delete from message_troubles;
        return null;
      end if;
      if tg_op in ('UPDATE', 'DELETE') then
        delete from message_troubles t using old_rows o
          where o.${TROUBLE} and t.wave_no = o.wave_no and t.state = o.state and t.message_no = o.message_no;
      end if;
      if tg_op in ('INSERT', 'UPDATE') then
        insert into message_troubles select wave_no, state, message_no from new_rows where ${TROUBLE};
      end if;
      if tg_op = 'INSERT' then
        insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages)
          select wave_no, step, channel, action, arm, state, state_reason, due, count(*) from (${counted('new_rows')}) m
          group by 1, 2, 3, 4, 5, 6, 7, 8;
      elsif tg_op = 'DELETE' then
        insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages)
          select wave_no, step, channel, action, arm, state, state_reason, due, -count(*) from (${counted('old_rows')}) m
          group by 1, 2, 3, 4, 5, 6, 7, 8;
      else
        insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages)
          select wave_no, step, channel, action, arm, state, state_reason, due, sum(n)
          from (select *, 1 as n from (${counted('new_rows')}) a union all select *, -1 from (${counted('old_rows')}) b) m
          group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0;
      end if;
      return null;
    end $$;
    create trigger messages_counted_new after insert on messages referencing new table as new_rows
      for each statement execute function count_messages();
    create trigger messages_counted_change after update on messages referencing old table as old_rows new table as new_rows
      for each statement execute function count_messages();
    create trigger messages_counted_gone after delete on messages referencing old table as old_rows
      for each statement execute function count_messages();
    create trigger messages_counted_none after truncate on messages for each statement execute function count_messages();

    create function count_ways() returns trigger language plpgsql as $$
    begin
      if tg_op = 'TRUNCATE' then
        delete from way_counts;
        return null;
      end if;
      if tg_op in ('UPDATE', 'DELETE') then
        insert into way_counts ${waysOf('old_rows', '-count(*)')};
      end if;
      if tg_op in ('INSERT', 'UPDATE') then
        insert into way_counts ${waysOf('new_rows', 'count(*)')};
      end if;
      return null;
    end $$;
    create trigger ways_counted_new after insert on ways referencing new table as new_rows
      for each statement execute function count_ways();
    create trigger ways_counted_change after update on ways referencing old table as old_rows new table as new_rows
      for each statement execute function count_ways();
    create trigger ways_counted_gone after delete on ways referencing old table as old_rows
      for each statement execute function count_ways();
    create trigger ways_counted_none after truncate on ways for each statement execute function count_ways();

    insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages, counted_at)
      select wave_no, step, channel, action, arm, state, state_reason, due, count(*), '-infinity'
      from (${counted('messages')}) m group by 1, 2, 3, 4, 5, 6, 7, 8;
    insert into way_counts ${waysOf('ways', 'count(*)')};
    insert into message_troubles select wave_no, state, message_no from messages where ${TROUBLE};
  `);
}

const TROUBLE = `state in ('DEFERRED', 'SUPPRESSED', 'FAILED', 'UNKNOWN', 'CANCELLED', 'EXPIRED', 'BOUNCED', 'COMPLAINED', 'ASSUMED_SENT')`;

function counted(rows: string): string {
  return `select wave_no, step, channel, action, arm, state, state_reason,
    case when state in ('PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED') then date_trunc('minute', planned_at) end as due from ${rows}`;
}

function waysOf(rows: string, count: string): string {
  return `select w.wave_no, w.step, w.disposition, w.rung, w.reason, e.assignment, e.action, e.drawn_arm, ${count}
    from ${rows} w left join entries e on e.entry_no = w.entry_no group by 1, 2, 3, 4, 5, 6, 7, 8`;
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger messages_counted_new on messages;
    drop trigger messages_counted_change on messages;
    drop trigger messages_counted_gone on messages;
    drop trigger messages_counted_none on messages;
    drop trigger ways_counted_new on ways;
    drop trigger ways_counted_change on ways;
    drop trigger ways_counted_gone on ways;
    drop trigger ways_counted_none on ways;
    drop function count_messages();
    drop function count_ways();
    drop table message_counts, message_troubles, way_counts;
  `);
}
