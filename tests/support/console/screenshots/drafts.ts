import type { Caller } from './caller.ts';

interface Draft {
  revision: number;
  source: string;
  files: Record<string, string>;
  hash: string;
}

/** Begins a campaign from a playbook, with a name of its own. */
export async function begin(
  marketer: Caller,
  campaignId: string,
  { playbook, name, zh }: { playbook: string; name: string; zh: string },
): Promise<void> {
  await marketer.send('POST', '/campaigns', { campaignId, playbook });
  await edit(marketer, campaignId, (source) =>
    source.replace(/^name:\n {2}zh-CN: .*\n {2}en: .*$/m, `name:\n  zh-CN: ${zh}\n  en: ${name}`),
  );
}

/** Saves a change of the draft. Throws where it changes nothing. */
export async function edit(marketer: Caller, campaignId: string, change: (source: string) => string): Promise<void> {
  const path = `/campaigns/${campaignId}/draft`;
  const { revision, source, files } = await marketer.get<Draft>(path);
  const changed = change(source);
  if (changed === source) throw new Error(`nothing to change in ${campaignId}`);
  await marketer.send('PUT', path, { source: changed, files }, { 'if-match': `"${revision}"` });
}

/** Approves the draft as it is; its hash. */
export async function approve(operator: Caller, campaignId: string, maxAudience: number): Promise<string> {
  const path = `/campaigns/${campaignId}/draft`;
  const { hash } = await operator.get<Draft>(path);
  await operator.send('POST', `${path}/approvals`, { hash, maxAudience });
  return hash;
}

/** Approves the draft and publishes it. */
export async function publish(operator: Caller, campaignId: string, maxAudience: number): Promise<void> {
  const hash = await approve(operator, campaignId, maxAudience);
  await operator.send('POST', `/campaigns/${campaignId}/draft/publish`, { hash });
}
