/** A provider's words without addresses and numbers, on one line of at most 200 characters: fit for logs and for the database. */
export function scrub(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/<?[^\s<>"']+@[^\s<>"']+>?/g, '<address>')
    .replace(/https?:\/\/\S+/g, '<link>')
    .replace(/\+?\d[\d ()-]{6,}\d/g, '<number>')
    .trim()
    .slice(0, 200);
}
