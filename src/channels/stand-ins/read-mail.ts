import PostalMime, { type Address } from 'postal-mime';

/** A mail from the inbox, decoded. */
export interface OpenedMail {
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** In the order of the source, names in lower case. */
  headers: { name: string; value: string }[];
}

/** Decodes the MIME source of a mail. */
export async function openMail(source: string): Promise<OpenedMail> {
  const mail = await PostalMime.parse(source);
  return {
    from: person(mail.from),
    to: (mail.to ?? []).map(person).join(', '),
    subject: mail.subject ?? '',
    text: (mail.text ?? '').replaceAll('\r\n', '\n'),
    html: (mail.html ?? '').replaceAll('\r\n', '\n'),
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
  };
}

function person(one: Address | undefined): string {
  if (one?.address === undefined) return one?.name ?? '';
  return one.name ? `${one.name} <${one.address}>` : one.address;
}
