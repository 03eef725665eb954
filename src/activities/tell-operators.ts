import { randomUUID } from 'node:crypto';
import { signature } from '../channels/webhook-signature.ts';
import { markTold, untoldAlarms } from '../db/queries/outbox/halt.ts';
import { currentSettings } from '../db/queries/settings.ts';
import { parseSender } from '../domain/sender.ts';
import type { Settings } from '../domain/settings.schema.ts';
import type { DeliveryDeps } from './delivery/deps.ts';

const WEBHOOK_TIMEOUT_MS = 10_000;
const ALARMS_AT_ONCE = 20;
const HOUR_MS = 3_600_000;

interface Alarm {
  alarmNo: number;
  waveNo: number | null;
  kind: string;
  message: string;
  at: Date;
}

type TellDeps = Pick<DeliveryDeps, 'db' | 'channels' | 'config' | 'logger' | 'now'>;

/**
 * Tells operators of alarms that nobody was told of (rule 17): by mail to settings.operatorEmail and by the signed webhook, where
 * configured. At least once: an alarm counts as told when one way worked. Never throws: a wave must not fail over it.
 */
export async function tellOperators(deps: TellDeps): Promise<void> {
  try {
    const { settings } = await currentSettings(deps.db);
    if (settings.operatorEmail === undefined && deps.config.operatorWebhook === undefined) return;
    for (const alarm of await untoldAlarms(deps.db, ALARMS_AT_ONCE)) {
      const told = await Promise.all([mail(deps, settings, alarm), post(deps, alarm)]);
      if (told.includes(true)) await markTold(deps.db, alarm.alarmNo);
    }
  } catch (error) {
    deps.logger.error({ err: error }, 'operators could not be told of an alarm');
  }
}

async function mail(deps: TellDeps, settings: Settings, alarm: Alarm): Promise<boolean> {
  const channel = deps.channels.get('email');
  if (!channel || settings.operatorEmail === undefined) return false;
  const subject = `Recallwave: ${alarm.kind.replaceAll('_', ' ')}${alarm.waveNo === null ? '' : `, wave ${alarm.waveNo}`}`;
  const text = `${alarm.message}\n\nraised ${alarm.at.toISOString()}\n`;
  const from = parseSender(settings.emailFrom);
  const result = await channel.send(
    {
      deliveryId: randomUUID(),
      messageNo: 0,
      notAfter: new Date(deps.now().getTime() + HOUR_MS),
      content: {
        channel: 'email',
        from,
        to: { name: '', address: settings.operatorEmail },
        subject,
        text,
        html: `<p>${escapeHtml(alarm.message)}</p><p>raised ${alarm.at.toISOString()}</p>`,
        unsubscribeUrl: deps.config.publicUrl,
        unsubscribeMailto: `mailto:${from.address}`,
      },
    },
    () => Promise.resolve(true),
  );
  if (result.kind !== 'accepted') deps.logger.warn({ alarmNo: alarm.alarmNo, result: result.kind }, 'alarm not mailed');
  return result.kind === 'accepted';
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

async function post(deps: TellDeps, alarm: Alarm): Promise<boolean> {
  const hook = deps.config.operatorWebhook;
  if (hook === undefined) return false;
  const body = JSON.stringify({
    alarmNo: alarm.alarmNo,
    waveNo: alarm.waveNo,
    kind: alarm.kind,
    message: alarm.message,
    at: alarm.at.toISOString(),
  });
  const seconds = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'recallwave-signature': signature(hook.secret, seconds, body) },
      body,
      signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) deps.logger.warn({ alarmNo: alarm.alarmNo, status: response.status }, 'alarm webhook refused');
    return response.ok;
  } catch (error) {
    deps.logger.warn({ err: error, alarmNo: alarm.alarmNo }, 'alarm webhook not reached');
    return false;
  }
}
