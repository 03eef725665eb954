import { campaigns } from './campaigns.ts';
import { account } from './account.ts';
import { health } from './health.ts';
import { audience } from './audience.ts';
import { audit } from './audit.ts';
import { imports } from './imports.ts';
import { surveys } from './surveys.ts';
import { tasks } from './tasks.ts';
import { templates } from './templates.ts';
import { people } from './people.ts';
import { schedules } from './schedules.ts';
import { settings } from './settings.ts';
import { home } from './home.ts';
import { glossary } from './glossary.ts';
import { waves } from './waves.ts';
import { results } from './results.ts';
import { thresholds } from './thresholds.ts';
import { throttles } from './throttles.ts';
import { retrospective } from './retrospective.ts';
import { proofChecks } from './proof-checks.ts';
import { inbox } from './inbox.ts';
import { login } from './login.ts';
import { users } from './users.ts';
import { webhooks } from './webhooks.ts';
import { nav } from './nav.ts';
import { parts } from './parts.ts';
import { shell } from './shell.ts';

/** Every English word of the console, by screen. */
export const en = {
  account,
  campaigns,
  health,
  people,
  audience,
  audit,
  surveys,
  tasks,
  templates,
  imports,
  schedules,
  settings,
  home,
  inbox,
  login,
  nav,
  parts,
  shell,
  glossary,
  waves,
  results,
  thresholds,
  throttles,
  retrospective,
  proofChecks,
  users,
  webhooks,
};
