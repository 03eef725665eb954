/** Who did it (rule 16): `cli:ana`, `system:schedule`, `link:unsubscribe`, later `key:…` and `console:…`. */
export type Actor = string;
