/**
 * A template's text to be recognised by: of a condition the first case, for a value its name, such as
 * "‹name›, it has been a while".
 */
export function templateText(text: string): string {
  return text
    .replaceAll(/\{\{(?:else|\^)[^}]*\}\}[^]*?(?=\{\{\/)/g, '')
    .replaceAll(/\{\{[#/][^}]*\}\}/g, '')
    .replaceAll(/\{\{([^}]*)\}\}/g, (_, expression: string) => `‹${nameOf(expression)}›`);
}

function nameOf(expression: string): string {
  const words = expression.trim().split(/\s+/);
  // A helper goes before the value: "number user.level", "default user.name 'you'".
  const value = words.find((word) => word.includes('.')) ?? words[0] ?? '';
  return (value.split('.').at(-1) ?? '').replaceAll('_', ' ');
}
