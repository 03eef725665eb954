import { randomBytes } from 'node:crypto';
import { asDeliveryId } from '../delivery-id.ts';
import { eachAcceptance } from './acceptances.ts';
import type { Answer, Call } from './http.ts';
import type { StandInDeps } from './stand-in-deps.ts';

interface Sms {
  sid: string;
  to: string;
  from: string | null;
  body: string | null;
  at: string;
  statusCallback: string | null;
}

/** Answers one call to `/2010-04-01/…`. */
export type Twilio = (call: Call) => Answer;

const E164 = /^\+[1-9]\d{6,14}$/;
/** Twilio's own magic test numbers. */
const MAGIC: Record<string, [code: number, text: string]> = {
  '+15005550001': [21211, "The 'To' number is not a valid phone number."],
  '+15005550002': [21612, 'The message cannot be routed to this number.'],
  '+15005550003': [21408, 'Permission to send an SMS has not been enabled for the region.'],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number is not a valid mobile number"],
};

/** Twilio's Messages resource; what it accepted earlier is read back from the acceptances, so that listings survive. */
export async function createTwilio(deps: StandInDeps, acceptancesFile: string): Promise<Twilio> {
  const byNumber = new Map<string, Sms[]>();
  const keep = (sms: Sms): void => {
    const known = byNumber.get(sms.to);
    if (known === undefined) byNumber.set(sms.to, [sms]);
    else known.push(sms);
  };
  for await (const { channel, id, to, at, deliveryId } of eachAcceptance(acceptancesFile)) {
    const statusCallback = deliveryId === null ? null : `http://stand-in.localhost/?d=${deliveryId}`;
    if (channel === 'sms') keep({ sid: id, to, at, from: null, body: null, statusCallback });
  }

  return (call) => {
    const path = /^\/2010-04-01\/Accounts\/([^/]+)(\/Messages)?\.json$/.exec(call.url.pathname);
    const account = path?.[1];
    if (account === undefined) return refuse(404, 20404, 'The requested resource was not found');
    const login = Buffer.from((call.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
    if (!/^[^:]+:.+$/.test(login)) return refuse(401, 20003, 'Authenticate');
    if (path?.[2] === undefined) return { status: 200, to: '', body: { sid: account, status: 'active', type: 'Full' } };
    if (call.method === 'GET') return list(byNumber, account, call);
    return create({ deps, account, keep }, new URLSearchParams(call.body.toString()));
  };
}

function create(
  { deps, account, keep }: { deps: StandInDeps; account: string; keep: (sms: Sms) => void },
  form: URLSearchParams,
): Answer {
  const to = form.get('To') ?? '';
  const body = form.get('Body') ?? '';
  const wrong = findFault(form, to, body);
  if (wrong !== undefined) return refuse(400, wrong[0], wrong[1]);
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const at = new Date().toISOString();
  const statusCallback = form.get('StatusCallback');
  const sms: Sms = { sid, to, from: form.get('From'), body, at, statusCallback };
  const deliveryId = asDeliveryId(statusCallback === null ? null : new URL(statusCallback).searchParams.get('d'));
  return {
    status: 201,
    to,
    body: resource(account, sms, 'queued'),
    accept: () => {
      keep(sms);
      deps.acceptances.append({ at, channel: 'sms', deliveryId, id: sid, to, bytes: Buffer.byteLength(body) });
      deps.inbox.add({ at, channel: 'sms', deliveryId, to, text: body });
    },
  };
}

function findFault(form: URLSearchParams, to: string, body: string): [code: number, text: string] | undefined {
  if (to === '') return [21604, "A 'To' phone number is required."];
  if (!E164.test(to)) return [21211, "The 'To' number is not a valid phone number."];
  const from = form.get('From');
  if (from === null && form.get('MessagingServiceSid') === null) return [21603, "A 'From' phone number is required."];
  if (from !== null && !E164.test(from) && !/^[A-Za-z0-9 ]{1,11}$/.test(from)) return [21212, "Invalid 'From' number"];
  if (body === '') return [21602, 'Message body is required.'];
  if (body.length > 1600) return [21617, 'The concatenated message body exceeds the 1600 character limit.'];
  const callback = form.get('StatusCallback');
  if (callback !== null && !URL.canParse(callback)) return [21609, "Invalid 'StatusCallback' URL"];
  const validity = form.get('ValidityPeriod');
  if (validity !== null && !(Number(validity) >= 1 && Number(validity) <= 36_000)) return [20001, 'ValidityPeriod'];
  return MAGIC[to];
}

function list(byNumber: Map<string, Sms[]>, account: string, call: Call): Answer {
  const query = call.url.searchParams;
  const to = query.get('To');
  const after = query.get('DateSent>');
  const day = query.get('DateSent');
  const found = (to === null ? [...byNumber.values()].flat() : (byNumber.get(to) ?? []))
    .filter((sms) => (after === null || sms.at >= after) && (day === null || sms.at.startsWith(day.slice(0, 10))))
    .slice(-Number(query.get('PageSize') ?? 50))
    .toReversed();
  const messages = found.map((sms) => resource(account, sms, 'delivered'));
  return { status: 200, to: to ?? '', body: { messages, next_page_uri: null, page: 0, page_size: 50 } };
}

function resource(account: string, sms: Sms, status: string): Record<string, unknown> {
  const when = new Date(sms.at).toUTCString().replace('GMT', '+0000');
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body: sms.body ?? '',
    date_created: when,
    date_sent: status === 'queued' ? null : when,
    date_updated: when,
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: sms.from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: 'USD',
    sid: sms.sid,
    status,
    // The real service doesn't show the callback; the stand-in does, so that tests can match exactly.
    subresource_uris: { status_callback: sms.statusCallback },
    to: sms.to,
    uri: `/2010-04-01/Accounts/${account}/Messages/${sms.sid}.json`,
  };
}

function refuse(status: number, code: number, message: string): Answer {
  const more = `https://www.twilio.com/docs/errors/${code}`;
  return { status, to: '', body: { code, message, more_info: more, status } };
}
