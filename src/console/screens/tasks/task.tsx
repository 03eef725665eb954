import { Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Task } from '../../../api/v1/schemas/tasks.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { TaskActions } from './task-actions.tsx';
import { DueTime, TaskState } from './task-state.tsx';

/** One task: whom it is about, what to do, and the buttons that move it on. */
export function Screen(): ReactNode {
  const { taskNo = '' } = useParams({ strict: false });
  const t = useTranslations('tasks');
  const task = useData<Task>(`/v1/tasks/${encodeURIComponent(taskNo)}`);
  return (
    <Page title={task.data?.title ?? t('task')} actions={<AppLink to="/tasks">{t('back')}</AppLink>}>
      <DataState data={task}>{(shown) => <Shown task={shown} />}</DataState>
    </Page>
  );
}

function Shown({ task }: { task: Task }): ReactNode {
  const t = useTranslations('tasks');
  const say = useGlossary();
  const { closedAt, closedBy, taskNo, userId } = task;
  return (
    <>
      <Facts
        facts={[
          [t('state'), <TaskState key="state" state={task.state} />],
          [t('assignee'), task.assignee ?? t('nobody')],
          [t('due'), <DueTime key="due" task={task} />],
          [
            t('user'),
            <AppLink key="user" to={`/users/${encodeURIComponent(userId)}`}>
              {userId}
            </AppLink>,
          ],
          [t('campaign'), task.campaignId],
          [t('kind'), say('action', task.kind)],
          [t('created'), <Time key="created" at={task.createdAt} />],
          ...(closedAt === null ? [] : [[t('closed'), <Time key="closed" at={closedAt} />] as const]),
          ...(closedBy === null ? [] : [[t('closedBy'), closedBy] as const]),
        ]}
      />
      <TaskActions task={task} />
      <Section title={t('whatToDo')}>
        <Text className="as-written">{task.body}</Text>
      </Section>
      <Section title={t('note')}>
        {task.note === null ? <Text c="dimmed">{t('noNote')}</Text> : <Text className="as-written">{task.note}</Text>}
      </Section>
      <AppLink to="/audit" search={{ subject: `task/${taskNo}` }}>
        {t('history')}
      </AppLink>
    </>
  );
}
