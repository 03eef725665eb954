import { changeSettings, parseSettings, settingsHistory, settingsText, showSettings } from '../../app/settings.ts';
import { actorOf } from './principal.ts';
import { ApiProblem } from './problem.ts';
import { access, type RouteModule } from './route-module.ts';
import { changedSettings, settingsChange, settingsDraft, settingsProblems, shownSettings } from './schemas/settings.ts';

const FILE = 'settings.yaml';

/** Company-wide settings as a file: read, checked, put in force. */
export const settingsRoutes: RouteModule = (v1, { db }) => {
  v1.get('/settings', { config: access('viewer', 'read'), schema: { response: { 200: shownSettings } } }, async () => {
    const { version, settings } = await showSettings(db);
    const change = await settingsHistory(db, version);
    return { version, text: settingsText(settings), changedAt: change?.at ?? null, actor: change?.actor ?? null };
  });

  v1.post(
    '/settings/check',
    {
      config: access('viewer', 'read'),
      schema: { body: settingsDraft, response: { 200: settingsProblems } },
    },
    (request) => ({ items: parseSettings(request.body.text, FILE).problems }),
  );

  v1.put(
    '/settings',
    {
      config: access('admin', 'admin'),
      schema: { body: settingsChange, response: { 200: changedSettings } },
    },
    async (request) => {
      const { text, version } = request.body;
      const { settings, problems } = parseSettings(text, FILE);
      if (settings === null) throw faulty(problems);
      const applied = await changeSettings({ db, settings, actor: actorOf(request), madeFrom: version });
      if (applied.stale) throw changedSince(applied.version, settingsText(applied.settings));
      return { version: applied.version, changed: applied.changed, text: settingsText(applied.settings) };
    },
  );
};

type Problems = ReturnType<typeof parseSettings>['problems'];

function faulty(problems: Problems): ApiProblem {
  const errors = problems.map(({ line, column, key, what, fix }) => ({ path: `${line}:${column} ${key}`, what, fix }));
  return new ApiProblem({
    status: 422,
    code: 'settings_invalid',
    detail: 'the settings have faults; nothing was changed',
    fix: 'mend the lines and send them again',
    more: { errors },
  });
}

function changedSince(version: number, text: string): ApiProblem {
  return new ApiProblem({
    status: 412,
    code: 'changed_since',
    detail: `somebody else changed the settings: version ${version} is in force`,
    fix: 'look at what changed, and send yours again as made from it',
    more: { version, text },
  });
}
