/**
 * Makes a double click on a button one click, and a held Enter one press. `useAction` stops a second click while the first one
 * runs; but an answer may be there within the double click, and the second click would then act once more, or on the button
 * that has moved under the pointer.
 */
export function countDoubleClicksOnce(): void {
  addEventListener('click', (event) => event.detail > 1 && isButton(event) && stop(event), { capture: true });
  addEventListener('keydown', (event) => event.repeat && actsOnEnter(event) && stop(event), { capture: true });
}

function isButton({ target }: Event): boolean {
  return target instanceof Element && target.closest('button') !== null;
}

/** A line of a form sends it; in a text Enter makes lines. */
function actsOnEnter(event: KeyboardEvent): boolean {
  if (event.key === ' ') return isButton(event);
  return event.key === 'Enter' && (isButton(event) || event.target instanceof HTMLInputElement);
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
