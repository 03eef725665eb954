import { createRoot } from 'react-dom/client';
import { LoginPages } from './app/login-pages.tsx';
import { shareStyleNonce } from './app/nonce.ts';

shareStyleNonce();
const root = document.querySelector('#root');
if (root) createRoot(root).render(<LoginPages />);
