import type { Knex } from 'knex';

/**
 * Signed outgoing webhooks of tasks, by an outbox that a trigger fills in the transaction of the change, so that no way to change
 * a task can forget it. Takes a short SHARE ROW EXCLUSIVE lock on tasks for the triggers.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table webhooks (
      webhook_no  bigint generated always as identity primary key,
      url         text not null,
      secret      text not null,
      events      text[] not null,
      actor       text not null,
      created_at  timestamptz not null default now(),
      removed_at  timestamptz
    );

    -- What is sent is read from the task when it is sent: an erased person is not told of again.
    create table webhook_deliveries (
      delivery_no  bigint generated always as identity primary key,
      webhook_no   bigint not null references webhooks,
      event        text not null,
      task_no      bigint not null,
      tries        integer not null default 0,
      next_at      timestamptz default now(),   -- null: delivered or given up
      last_status  integer,
      last_error   text,
      created_at   timestamptz not null default now(),
      delivered_at timestamptz
    );
    create index webhook_deliveries_next on webhook_deliveries (next_at) where next_at is not null;
    create index webhook_deliveries_webhook on webhook_deliveries (webhook_no, delivery_no);

    create function announce_task() returns trigger language plpgsql as $$
    begin
      insert into webhook_deliveries (webhook_no, event, task_no)
        select webhook_no, e.event, new.task_no
        from webhooks cross join (select case tg_op when 'INSERT' then 'task.created' else 'task.' || new.state end as event) e
        where removed_at is null and e.event = any(events);
      return null;
    end $$;
    create trigger tasks_created after insert on tasks for each row execute function announce_task();
    create trigger tasks_moved after update of state on tasks for each row
      when (old.state is distinct from new.state) execute function announce_task();
  `);
}

/** Drops what `up` made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tasks_moved on tasks;
    drop trigger tasks_created on tasks;
    drop function announce_task();
    drop table webhook_deliveries, webhooks;
  `);
}
