import type { Knex } from 'knex';

/**
 * Answers to surveys, and preferences per category beside those per channel. Takes short ACCESS EXCLUSIVE locks on users and
 * consents: a column with a constant default, and a check that looks at new rows only.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Append-only: one answer per message; an erasure takes the comment and nothing else.
    create table survey_answers (
      answer_no    bigint generated always as identity primary key,
      message_no   bigint not null unique,
      user_no      bigint not null,
      campaign_id  text not null,
      reason       text not null,
      comment      text,
      locale       text not null,       -- of the questions that were read
      actor        text not null,
      answered_at  timestamptz not null,
      counts_until timestamptz not null -- until then the reason is among the user's reasons
    );
    create index survey_answers_user on survey_answers (user_no, reason);
    create index survey_answers_campaign on survey_answers (campaign_id, answer_no);
    create index survey_answers_reason on survey_answers (campaign_id, reason, answer_no);
    create trigger survey_answers_kept before update on survey_answers for each row
      when (new.comment is not null or (to_jsonb(new) - 'comment') <> (to_jsonb(old) - 'comment'))
      execute function refuse_change();
    create trigger survey_answers_not_deleted before delete on survey_answers for each row execute function refuse_change();

    -- A consent is to a channel or to a category; what is refused now stands with the user, as consent to channels does.
    alter table consents alter column channel drop not null;
    alter table consents add column category text check (category in ('winback', 'service', 'survey'));
    alter table consents add constraint consents_subject check (num_nonnulls(channel, category) = 1) not valid;
    create index consents_category on consents (user_no, category, consent_no) where category is not null;
    alter table users add column refused_categories text[] not null default '{}';
  `);
}

/** Drops what `up` made; preferences per category and answers are lost. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users drop column refused_categories;
    alter table consents drop constraint consents_subject;
    delete from consents where category is not null;
    alter table consents drop column category; -- and its index
    alter table consents alter column channel set not null;
    drop table survey_answers;
  `);
}
