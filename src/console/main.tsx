import { createRoot } from 'react-dom/client';
import { rememberSession, openSession } from './app/api-client.ts';
import { asProblem } from './app/api-problem.ts';
import { Console } from './app/console.tsx';
import { shareStyleNonce } from './app/nonce.ts';
import { countDoubleClicksOnce } from './app/one-click.ts';

const AGAIN_MS = 3_000;

/** The console; without an open session the server's log-in page. */
async function start(): Promise<void> {
  shareStyleNonce();
  const root = document.querySelector('#root');
  if (!root) throw new Error('index.html has no #root');
  try {
    const session = await openSession();
    rememberSession(session);
    createRoot(root).render(<Console session={session} />);
  } catch (error) {
    // The server shows the log-in page at the same address.
    if (asProblem(error).status === 401) return location.reload();
    // No words are loaded yet.
    root.textContent = 'Recallwave does not answer, trying again … 服务器没有响应，正在重试……';
    setTimeout(() => void start(), AGAIN_MS);
  }
}

countDoubleClicksOnce();
void start();
