/** Who did it (rule 16): `cli:ana`, `system:schedule`, `link:unsubscribe`, `api:shop` (a key by its name), `recorded:cli:ana`, later `console:…`. */
export type Actor = string;
