/** What each check of `prove` says when it holds. */
export const CHECKS: Record<string, string> = {
  balance: 'every user of the audience is accounted for',
  shard_ways: 'each planned shard has as many ways as it expected',
  way_outside_shards: 'every way lies in a planned shard',
  wave_audience: "the wave's audience is the sum of its shards",
  way_without_message: 'every contacted or deferred user has a message',
  message_without_way: 'every message belongs to a contacted or deferred user',
  message_of_held_out: 'no held-out user has a message',
  message_twice: 'no user has two messages in one step',
  message_entry: "every message's entry was assigned to its arm",
  task_rows: 'every accepted task is in the task list, and no other',
  message_code: 'every coupon code of a message is held by its user',
  code_without_message: 'every held coupon code belongs to a message',
  campaign_budget: "the campaign's budget is the sum of its messages' costs",
  wave_budget: "the wave's budget is the sum of its messages' costs",
  accepted_not_once: 'every accepted message was accepted exactly once by the provider',
  acceptance_of_unsent: 'nothing was accepted for a message that was not sent',
  unknown_more_than_once: 'every unknown message was accepted at most once',
  acceptance_without_message: 'every acceptance belongs to a message of this database',
  sent_to_suppressed: 'nobody suppressed before the send got anything',
  sent_to_refused_category: 'nobody got a message of a category refused before the send',
  sent_without_consent: 'nobody who had withdrawn consent before the send got anything',
  sent_to_global_holdout: 'nobody in the global holdout got anything',
  caps: 'every frequency cap holds, counted on what was accepted',
  recorded_audience: "the recorded wave's audience is its recorded entries",
  recorded_unsent: 'nothing was planned or sent for a recorded wave',
  quiet_hours: "everything was accepted inside the recipient's allowed hours",
};

/** What to do about a difference, where there is more to say than to look at the ids. */
export const CHECK_FIXES: Record<string, string> = {
  accepted_not_once:
    'look at `recallwave receipt MESSAGE`; see docs/runbooks/double-database.md when there are more than one',
  acceptance_of_unsent: 'another database may be sending: see docs/runbooks/double-database.md',
  acceptance_without_message: 'another database may be sending: see docs/runbooks/double-database.md',
  campaign_budget: 'see "Settling a difference" in docs/operations.md',
  wave_budget: 'see "Settling a difference" in docs/operations.md',
};
