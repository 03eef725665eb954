import { createPrivateKey } from 'node:crypto';
import DKIM from 'nodemailer/lib/dkim';
import { RecallwaveError } from '../../domain/failures.ts';

/** Signs a whole message; resolves with the signature header and the message behind it. */
export type Sign = (source: Buffer) => Promise<Buffer>;

// RFC 8058 wants both unsubscribe headers signed; nodemailer's default list lacks the second one.
const SIGNED = [
  'From:Reply-To:Subject:Date:Message-ID:To:MIME-Version:Content-Type',
  'List-Unsubscribe:List-Unsubscribe-Post',
].join(':');

/** A signer with its key parsed once: parsing the PEM costs more than many a message. Throws when the key isn't RSA. */
export function createSigner(dkim: { domain: string; selector: string; privateKey: string }): Sign {
  const signer = new DKIM({
    domainName: dkim.domain,
    keySelector: dkim.selector,
    privateKey: readKey(dkim.privateKey),
    headerFieldNames: SIGNED,
  });
  return async (source) => {
    const chunks: Buffer[] = [];
    for await (const chunk of signer.sign(source)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
}

function readKey(pem: string): ReturnType<typeof createPrivateKey> {
  const fix = 'give DKIM_PRIVATE_KEY as an RSA private key in PEM form';
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    throw new RecallwaveError('BadInput', 'the DKIM private key cannot be read', fix);
  }
  throw new RecallwaveError('BadInput', 'the DKIM private key is not an RSA key', fix);
}
