import type { Channel, SendResult } from '../channel.ts';

/** A task for a person, stored beside its message. */
export interface TaskInput {
  deliveryId: string;
  messageNo: number;
  title: string;
  body: string;
  dueAt: Date;
}

/** Stores a task, once per message, and resolves with its number. */
export type InsertTask = (input: TaskInput) => Promise<string>;

/** Tasks go into our own inbox: a repeat finds the row there. What the database throws is passed on. */
export function createTaskChannel(options: { insertTask: InsertTask; concurrency: number }): Channel {
  return {
    name: 'task',
    provider: 'task',
    standIn: false,
    repeatable: true,
    concurrency: options.concurrency,
    async send({ deliveryId, messageNo, content }, intent): Promise<SendResult> {
      if (content.channel !== 'task') throw new Error(`an ${content.channel} message came to task`);
      if (!(await intent())) return { kind: 'withdrawn' };
      const { title, body, dueAt } = content;
      const providerId = await options.insertTask({ deliveryId, messageNo, title, body, dueAt });
      return { kind: 'accepted', providerId };
    },
    reconcile: async () => ({ kind: 'cannot_tell' }),
    check: async () => {},
    close: async () => {},
  };
}
