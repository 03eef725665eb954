import type { WebhookEvent } from '../../domain/webhook-events.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A delivery that is due, with what it says of its task as that is now. */
export interface DueDelivery {
  deliveryNo: number;
  /** Of this delivery, this one included. */
  tries: number;
  url: string;
  secret: string;
  event: WebhookEvent;
  createdAt: Date;
  task: {
    taskNo: number;
    userId: string;
    campaignId: string;
    kind: string;
    title: string;
    body: string;
    state: string;
    assignee: string | null;
    note: string | null;
    dueAt: Date | null;
  };
}

type DueRow = Omit<DueDelivery, 'task'> & DueDelivery['task'];

/** Takes due deliveries for `leaseSeconds`; whoever took them and died leaves them due again. */
export async function takeDueDeliveries(
  db: Db,
  input: { limit: number; leaseSeconds: number },
): Promise<DueDelivery[]> {
  const found = await rows<DueRow>(
    db,
    sql`with due as (
        select delivery_no from webhook_deliveries join webhooks using (webhook_no)
        where next_at <= clock_timestamp() and paused_at is null order by next_at, delivery_no
        limit ${input.limit} for update of webhook_deliveries skip locked),
      taken as (
        update webhook_deliveries d set tries = d.tries + 1, next_at = clock_timestamp() + make_interval(secs => ${input.leaseSeconds}::int)
        from due where d.delivery_no = due.delivery_no returning d.*)
      select d.delivery_no as "deliveryNo", d.tries, w.url, w.secret, d.event, d.created_at as "createdAt", t.task_no as "taskNo",
        u.user_id as "userId", t.campaign_id as "campaignId", t.kind, t.title, t.body, t.state, t.assignee, t.note, t.due_at as "dueAt"
      from taken d join webhooks w using (webhook_no) join tasks t using (task_no) join users u on u.user_no = t.user_no
      order by d.delivery_no`,
  );
  return found.map(({ deliveryNo, tries, url, secret, event, createdAt, ...task }) => ({
    deliveryNo,
    tries,
    url,
    secret,
    event,
    createdAt,
    task,
  }));
}

/** Writes what became of a try: `delivered`, or when to try again (seconds from now; null: given up). */
export async function settleDelivery(
  db: Db,
  input: {
    deliveryNo: number;
    tries: number;
    delivered: boolean;
    retryInSeconds: number | null;
    status: number | null;
    error: string | null;
  },
): Promise<void> {
  const { deliveryNo, tries, delivered, retryInSeconds, status, error } = input;
  await rows(
    db,
    // Only by whoever took it last: a try that took longer than its lease says nothing any more.
    sql`update webhook_deliveries set last_status = ${status}, last_error = ${error},
        delivered_at = case when ${delivered} then clock_timestamp() end,
        next_at = clock_timestamp() + make_interval(secs => ${retryInSeconds}::int)
      where delivery_no = ${deliveryNo} and tries = ${tries} and delivered_at is null returning delivery_no`,
  );
}
