import {
  IconAdjustments,
  IconChecklist,
  IconFileImport,
  IconListDetails,
  IconMessageQuestion,
  IconChartBar,
  IconHeartbeat,
  IconHistory,
  IconHome,
  IconInbox,
  IconSend,
  IconSettings,
  IconSpeakerphone,
  IconTemplate,
  IconUser,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Role } from '../../domain/roles.ts';
import type { Words } from '../words/words.ts';
import { PATHS } from './paths.ts';

/** What a screen's module exports. */
export interface ScreenModule {
  Screen: ComponentType;
}

/** One screen: where it is, who sees it, and how its code is loaded. */
export interface ScreenEntry {
  path: (typeof PATHS)[keyof typeof PATHS];
  /** Least role that may open it. */
  role: Role;
  load(): Promise<ScreenModule>;
  /** Its line in the navigation; absent for screens that are reached from others. */
  nav?: { key: keyof Words['nav']; icon: ComponentType<{ size?: number; stroke?: number }> };
}

/** Screens that stand together in the navigation, under a heading. */
export interface ScreenGroup {
  key: keyof Words['shell']['groups'];
  screens: readonly ScreenEntry[];
}

/** Every screen, in the order of the navigation: by a day's work. */
export const SCREEN_GROUPS: readonly ScreenGroup[] = [
  {
    key: 'campaigns',
    screens: [
      { path: PATHS.home, role: 'viewer', load: () => import('./home/home.tsx'), nav: { key: 'home', icon: IconHome } },
      {
        path: PATHS.campaigns,
        role: 'viewer',
        load: () => import('./campaigns/campaigns.tsx'),
        nav: { key: 'campaigns', icon: IconSpeakerphone },
      },
      { path: PATHS.campaign, role: 'viewer', load: () => import('./campaigns/campaign.tsx') },
      { path: PATHS.audience, role: 'viewer', load: () => import('./campaigns/audience-users.tsx') },
      {
        path: PATHS.waves,
        role: 'viewer',
        load: () => import('./waves/waves.tsx'),
        nav: { key: 'waves', icon: IconSend },
      },
      { path: PATHS.rehearsal, role: 'marketer', load: () => import('./waves/rehearsal.tsx') },
      { path: PATHS.wave, role: 'viewer', load: () => import('./waves/wave.tsx') },
      { path: PATHS.waveUsers, role: 'viewer', load: () => import('./waves/wave-users.tsx') },
      { path: PATHS.waveMessages, role: 'viewer', load: () => import('./waves/wave-messages.tsx') },
      { path: PATHS.waveProof, role: 'viewer', load: () => import('./waves/wave-proof.tsx') },
      {
        path: PATHS.results,
        role: 'viewer',
        load: () => import('./results/results.tsx'),
        nav: { key: 'results', icon: IconChartBar },
      },
      { path: PATHS.campaignResults, role: 'viewer', load: () => import('./results/results.tsx') },
      {
        path: PATHS.thresholds,
        role: 'viewer',
        load: () => import('./thresholds/thresholds.tsx'),
        nav: { key: 'thresholds', icon: IconAdjustments },
      },
      { path: PATHS.campaignThresholds, role: 'viewer', load: () => import('./thresholds/thresholds.tsx') },
      {
        path: PATHS.retrospective,
        role: 'viewer',
        load: () => import('./retrospective/retrospective.tsx'),
        nav: { key: 'retrospective', icon: IconHistory },
      },
    ],
  },
  {
    key: 'people',
    screens: [
      {
        path: PATHS.users,
        role: 'viewer',
        load: () => import('./users/users.tsx'),
        nav: { key: 'users', icon: IconUser },
      },
      { path: PATHS.user, role: 'viewer', load: () => import('./users/user.tsx') },
      {
        path: PATHS.tasks,
        role: 'viewer',
        load: () => import('./tasks/tasks.tsx'),
        nav: { key: 'tasks', icon: IconChecklist },
      },
      { path: PATHS.task, role: 'viewer', load: () => import('./tasks/task.tsx') },
      {
        path: PATHS.surveys,
        role: 'viewer',
        load: () => import('./surveys/surveys.tsx'),
        nav: { key: 'surveys', icon: IconMessageQuestion },
      },
      { path: PATHS.surveyAnswers, role: 'viewer', load: () => import('./surveys/answers.tsx') },
      {
        path: PATHS.inbox,
        role: 'viewer',
        load: () => import('./inbox/inbox.tsx'),
        nav: { key: 'inbox', icon: IconInbox },
      },
      { path: PATHS.inboxMessage, role: 'viewer', load: () => import('./inbox/message.tsx') },
    ],
  },
  {
    key: 'material',
    screens: [
      {
        path: PATHS.templates,
        role: 'viewer',
        load: () => import('./templates/templates.tsx'),
        nav: { key: 'templates', icon: IconTemplate },
      },
      { path: PATHS.template, role: 'viewer', load: () => import('./templates/one-text.tsx') },
      {
        path: PATHS.imports,
        role: 'viewer',
        load: () => import('./imports/imports.tsx'),
        nav: { key: 'imports', icon: IconFileImport },
      },
    ],
  },
  {
    key: 'house',
    screens: [
      {
        path: PATHS.audit,
        role: 'viewer',
        load: () => import('./audit/audit.tsx'),
        nav: { key: 'audit', icon: IconListDetails },
      },
      {
        path: PATHS.settings,
        role: 'viewer',
        load: () => import('./settings/settings.tsx'),
        nav: { key: 'settings', icon: IconSettings },
      },
      {
        path: PATHS.webhooks,
        role: 'admin',
        load: () => import('./webhooks/webhooks.tsx'),
        nav: { key: 'webhooks', icon: IconWebhook },
      },
      { path: PATHS.webhook, role: 'admin', load: () => import('./webhooks/webhook.tsx') },
      {
        path: PATHS.health,
        role: 'viewer',
        load: () => import('./health/health.tsx'),
        nav: { key: 'health', icon: IconHeartbeat },
      },
      {
        path: PATHS.people,
        role: 'admin',
        load: () => import('./people/people.tsx'),
        nav: { key: 'people', icon: IconUsersGroup },
      },
      { path: PATHS.account, role: 'viewer', load: () => import('./account/account.tsx') },
    ],
  },
];

/** The same without their groups. */
export const SCREENS: readonly ScreenEntry[] = SCREEN_GROUPS.flatMap(({ screens }) => screens);
