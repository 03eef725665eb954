import { createRoot } from 'react-dom/client';
import { rememberSession, openSession } from './app/api-client.ts';
import { asProblem } from './app/api-problem.ts';
import { Console } from './app/console.tsx';
import { shareStyleNonce } from './app/nonce.ts';

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
    const problem = asProblem(error);
    // The server shows the log-in page at the same address.
    if (problem.status === 401) location.reload();
    else setTimeout(() => void start(), 3_000);
  }
}

void start();
