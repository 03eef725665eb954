import { GoogleAuth } from 'google-auth-library';
import { RecallwaveError } from '../../domain/failures.ts';
import type { AccessToken } from './fcm.ts';

/** Tokens of a service account's key file; the library keeps and renews them. */
export function createGoogleToken(credentialsPath: string): AccessToken {
  const auth = new GoogleAuth({
    keyFile: credentialsPath,
    scopes: ['https://www.googleapis.com/auth/firebase.messaging'],
  });
  return async () => {
    const token = await auth.getAccessToken().catch(() => undefined);
    if (token) return token;
    throw new RecallwaveError('ProviderStopped', 'Google gave no token for FCM', `check ${credentialsPath}`);
  };
}
