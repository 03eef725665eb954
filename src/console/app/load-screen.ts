import { api } from './api-client.ts';

const RELOADED = 'recallwave-reloaded-at';
const AGAIN_AFTER_MS = 10_000;

/** Fetches the code of a screen, or of a part of one. Where that fails, the session is over (log in, then go on) or the console was replaced by a newer one (load it). */
export async function loadScreen<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    await api.get('/v1/session');
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (Date.now() - last < AGAIN_AFTER_MS) throw error;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
    return new Promise(() => {});
  }
}
