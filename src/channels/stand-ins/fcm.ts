import { randomUUID } from 'node:crypto';
import { asDeliveryId } from '../delivery-id.ts';
import type { Answer, Call } from './http.ts';
import type { StandInDeps } from './stand-in-deps.ts';

interface FcmRequest {
  message?: {
    token?: string;
    notification?: { title?: string; body?: string };
    data?: { url?: string };
    android?: { collapse_key?: string };
  };
}

/** OAuth's token endpoint: everybody gets one. */
export function answerToken(): Answer {
  return {
    status: 200,
    to: '',
    body: { access_token: `stand-in-${randomUUID()}`, expires_in: 3600, token_type: 'Bearer' },
  };
}

/** FCM v1 `messages:send`; tokens that begin with `gone` are UNREGISTERED. */
export function answerFcm(deps: StandInDeps, call: Call): Answer {
  if (!/^Bearer .+/.test(call.headers.authorization ?? ''))
    return refuse(401, 'UNAUTHENTICATED', 'THIRD_PARTY_AUTH_ERROR');
  const message = parse(call.body)?.message;
  const token = message?.token;
  if (message === undefined || token === undefined) return refuse(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT');
  if (token.startsWith('gone')) return refuse(404, 'NOT_FOUND', 'UNREGISTERED');
  const collapseKey = message.android?.collapse_key ?? '';
  const deliveryId = asDeliveryId(collapseKey);
  const at = new Date().toISOString();
  const name = `${call.url.pathname.slice(1).replace(':send', '')}/${randomUUID()}`;
  const { title, body } = message.notification ?? {};
  return {
    status: 200,
    to: token,
    body: { name },
    accept: () => {
      deps.acceptances.append({
        at,
        channel: 'push',
        deliveryId,
        id: collapseKey || name,
        to: token,
        bytes: call.body.length,
      });
      deps.inbox.add({
        at,
        channel: 'push',
        deliveryId,
        to: token,
        ...(title !== undefined && { title }),
        ...(body !== undefined && { text: body }),
        ...(message.data?.url !== undefined && { url: message.data.url }),
      });
    },
  };
}

function parse(body: Buffer): FcmRequest | undefined {
  try {
    return JSON.parse(body.toString()) as FcmRequest;
  } catch {
    return undefined;
  }
}

function refuse(code: number, status: string, errorCode: string): Answer {
  const details = [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }];
  return { status: code, to: '', body: { error: { code, message: errorCode, status, details } } };
}
