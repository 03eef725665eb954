const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `text` when it is a UUID, else null. */
export function asDeliveryId(text: string | null | undefined): string | null {
  const lower = text?.toLowerCase();
  return lower !== undefined && UUID.test(lower) ? lower : null;
}

/** A delivery id as 22 base64url characters: a web-push Topic holds at most 32. */
export function toTopic(deliveryId: string): string {
  return Buffer.from(deliveryId.replaceAll('-', ''), 'hex').toString('base64url');
}

/** The delivery id behind a Topic, null where it isn't one of ours. */
export function fromTopic(topic: string): string | null {
  const hex = Buffer.from(topic, 'base64url').toString('hex');
  if (hex.length !== 32) return null;
  return asDeliveryId(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}
