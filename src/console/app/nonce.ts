/** The request's nonce for style elements that are made at run time (Mantine, CodeMirror). */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Gives it to react-remove-scroll under Mantine's dialogs, which looks for webpack's name. */
export function shareStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
