import { createRoot } from 'react-dom/client';
import { LoginPages } from './app/login-pages.tsx';
import { shareStyleNonce } from './app/nonce.ts';
import { countDoubleClicksOnce } from './app/one-click.ts';

shareStyleNonce();
countDoubleClicksOnce();
const root = document.querySelector('#root');
if (root) createRoot(root).render(<LoginPages />);
