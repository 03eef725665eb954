import type { ListKey } from '../../src/api/v1/cursor.ts';
import type { Size } from './world.ts';

/** One request to a list. */
export interface ListRequest {
  what: string;
  path: string;
}

type Cursor = (key: Omit<ListKey, 'secret'>, position: (string | number | null)[]) => string;

/** Every list: its first page, a page deep inside, and each filter. `cursor` signs a position as the API does. */
export function listRequests(size: Size, cursor: Cursor): ListRequest[] {
  return [...pages(), ...users(size, cursor), ...waves(size, cursor), ...work(cursor), ...wholes(size)];
}

const request = (what: string, path: string): ListRequest => ({ what, path });

function pages(): ListRequest[] {
  return [
    request('home', '/home'),
    request('health', '/health/details'),
    request('one campaign', '/campaigns/campaign-1'),
    request('thresholds', '/campaigns/campaign-1/thresholds'),
    request('results over time', '/campaigns/campaign-1/results-over-time'),
    request('changes of a campaign', '/campaigns/campaign-1/changes'),
    request('webhooks', '/webhooks'),
    request('deliveries of a webhook', '/webhooks/1/deliveries'),
    request('suppressions', '/suppressions'),
    request('surveys', '/surveys'),
    request('answers of a survey', '/surveys/campaign-1/answers'),
  ];
}

/** What reads everything of a wave or a campaign: counted once and kept; the queries of a look are those of the kept answer. */
function wholes({ campaigns }: Size): ListRequest[] {
  return [
    request('returns of a wave', `/waves/${campaigns + 1}/returns`),
    request('retrospective of a wave', `/waves/${campaigns + 1}/retrospective?language=en`),
    request('retrospective of a period', `/retrospectives?from=${day(3)}&to=${day(0)}&language=en`),
    request('audience of a campaign', '/campaigns/campaign-1/audience'),
    request('texts of a campaign', '/texts?campaign=campaign-1'),
    request('goals of a campaign', '/campaigns/campaign-1/goals'),
    request('accuracy of the warnings', '/warnings/accuracy?campaign=campaign-1'),
  ];
}

/** The date of so many days ago. */
function day(ago: number): string {
  return new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
}

function users({ users: n }: Size, cursor: Cursor): ListRequest[] {
  const deep = cursor({ list: 'users', filters: { query: undefined } }, ['all', '', Math.floor(n * 0.9)]);
  const deepSearch = cursor({ list: 'users', filters: { query: 'user-' } }, ['user_id', 'user-7', Math.floor(n * 0.7)]);
  return [
    request('users', '/users'),
    request('users, deep', `/users?cursor=${deep}`),
    request('users, largest page', '/users?limit=200'),
    request('users whose ids begin alike', '/users?query=user-'),
    request('users whose ids begin alike, deep', `/users?query=user-&cursor=${deepSearch}`),
    request('one user by id', `/users?query=user-${n - 1}`),
    request('users by address', '/users?query=a1b2'),
    request('users by number', `/users?query=${encodeURIComponent('+15550')}`),
    request('nobody', '/users?query=zzzz'),
    request('one user', `/users/user-${Math.floor(n / 2)}`),
    request('contacts of a user', `/users/user-${Math.floor(n / 2)}/contacts`),
    request('why', `/users/user-${Math.floor(n / 2)}/why`),
  ];
}

function waves({ users: n, campaigns }: Size, cursor: Cursor): ListRequest[] {
  const waveNo = campaigns + 1;
  const list = `waves/${waveNo}`;
  const ways = cursor({ list: `${list}/ways`, filters: {} }, [1, Math.floor(n * 0.9)]);
  const messages = cursor({ list: `${list}/messages`, filters: {} }, [Math.floor(n * 0.15)]);
  return [
    request('waves', '/waves'),
    request('waves of a campaign', '/waves?campaign=campaign-2'),
    request('waves of a state', '/waves?state=aborted'),
    request('users of a wave', `/waves/${waveNo}/ways`),
    request('users of a wave, deep', `/waves/${waveNo}/ways?cursor=${ways}`),
    request('users of a wave, blocked', `/waves/${waveNo}/ways?disposition=blocked`),
    request('users of a wave at a rung', `/waves/${waveNo}/ways?rung=caps`),
    request('users of a wave by a rare reason', `/waves/${waveNo}/ways?reason=rare`),
    request('users of a wave by arm', `/waves/${waveNo}/ways?arm=a`),
    request('users of a wave by an arm that is not there', `/waves/${waveNo}/ways?arm=none`),
    request('users of a wave who go on after a rung', `/waves/${waveNo}/ways?past=caps&arm=b`),
    request('held-out users of a wave who came back', `/waves/${waveNo}/ways?drawn=held_out&outcome=returned`),
    request('reached users of a wave who came back', `/waves/${waveNo}/ways?disposition=reached&outcome=returned`),
    request('users of a wave at a rung by arm', `/waves/${waveNo}/ways?rung=caps&arm=b&step=1`),
    request('one wave', `/waves/${waveNo}`),
    request('messages of a wave', `/waves/${waveNo}/messages`),
    request('messages of a wave, deep', `/waves/${waveNo}/messages?cursor=${messages}`),
    request('failed messages of a wave', `/waves/${waveNo}/messages?state=FAILED`),
    request('unknown messages of a wave', `/waves/${waveNo}/messages?state=UNKNOWN`),
    request('messages of a wave whose fate is failed', `/waves/${waveNo}/messages?fate=failed&channel=push`),
    request('messages of a wave by reason', `/waves/${waveNo}/messages?reason=mailbox_gone`),
    request('messages of a wave that are open', `/waves/${waveNo}/messages?fate=open`),
    request('messages of a wave by arm and fate', `/waves/${waveNo}/messages?arm=b&fate=accepted`),
    request('messages of a wave by channel', `/waves/${waveNo}/messages?channel=email`),
    request('one message', `/messages/${n}`),
    request('reads of a campaign', '/campaigns/campaign-1/reads'),
    request('campaigns', '/campaigns'),
    request('versions of a campaign', '/campaigns/campaign-1/versions'),
  ];
}

function work(cursor: Cursor): ListRequest[] {
  const none = { state: undefined, assignee: undefined, campaign: undefined };
  const tasks = cursor({ list: 'tasks', filters: none }, [new Date(Date.now() - 2 * 86_400_000).toISOString(), 1]);
  const audit = cursor({ list: 'audit', filters: {} }, [1_000]);
  return [
    request('tasks', '/tasks'),
    request('tasks, deep', `/tasks?cursor=${tasks}`),
    request('tasks that are done', '/tasks?state=done'),
    request('tasks of a person', '/tasks?assignee=person-3'),
    request('tasks of a campaign', '/tasks?campaign=campaign-5'),
    request('tasks of nobody there', '/tasks?assignee=nobody'),
    request('imports', '/imports'),
    request('imports of a rare kind', '/imports?kind=content'),
    request('imports of a kind that is not there', '/imports?kind=coupons'),
    request('audit log', '/audit'),
    request('audit log, deep', `/audit?cursor=${audit}`),
    request('audit log of a person', '/audit?actor=cli:person-4'),
    request('audit log of nobody', '/audit?actor=cli:nobody'),
    request('audit log by a rare action', '/audit?action=user.'),
    request('audit log by an action that is not there', '/audit?action=nothing'),
    request('audit log of a person by a rare action', '/audit?actor=cli:person-4&action=user.'),
    request('audit log by subject since a time', '/audit?subject=task/4711&from=2020-01-01T00:00:00Z'),
    request('tasks of a campaign of a person', '/tasks?campaign=campaign-5&assignee=person-2'),
    request('tasks of a person that are done', '/tasks?state=done&assignee=person-3'),
    request('audit log by subject', '/audit?subject=task/4711'),
    request('audit log of a time', '/audit?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z'),
    request('kill switches', '/kill-switches'),
  ];
}
