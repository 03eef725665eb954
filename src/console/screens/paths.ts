/** Addresses of the console's screens; `$name` is a parameter. The server answers these and no others with the console. */
export const PATHS = {
  home: '/',
} as const;
