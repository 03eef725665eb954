import { signature } from '../../channels/webhook-signature.ts';

const TIMEOUT_MS = 10_000;

/** What a receiver answered; `gone`: it wants nothing more. `error` in words of our own, null where it took it. */
export interface Answer {
  ok: boolean;
  gone: boolean;
  status: number | null;
  error: string | null;
}

/** Sends a signed body to a receiver and follows no redirect. Never throws. */
export async function post(
  url: string,
  { secret, deliveryNo, body }: { secret: string; deliveryNo: number; body: string },
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      // A redirect would carry the signed task to an address that nobody allowed.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'recallwave-delivery': String(deliveryNo),
        'recallwave-signature': signature(secret, Math.floor(Date.now() / 1000), body),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    const { ok, status } = response;
    return { ok, gone: status === 410, status, error: ok ? null : `answered ${status}` };
  } catch (error) {
    const late = (error as { name?: string }).name === 'TimeoutError';
    return { ok: false, gone: false, status: null, error: late ? 'no answer in 10 s' : 'not reached' };
  }
}
