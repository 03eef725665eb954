/** What the API answered instead of what was asked for (RFC 9457). Status 0: it didn't answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fix: string | undefined;
  /** Places with what is wrong, where the API names them. */
  readonly errors: readonly { path: string; what: string; fix?: string }[];
  /** Everything that was answered. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Record<string, unknown>) {
    super(textOf(body['detail']) ?? textOf(body['title']) ?? '');
    this.name = 'ApiProblem';
    this.status = status;
    this.code = textOf(body['code']) ?? 'unknown';
    this.fix = typeof body['fix'] === 'string' ? body['fix'] : undefined;
    this.errors = Array.isArray(body['errors']) ? (body['errors'] as never) : [];
    this.body = body;
  }
}

/** The problem of an answer that isn't 2xx. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const known = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return new ApiProblem(response.status, { title: response.statusText, ...known });
}

/** What any thrown thing is to the pages. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(0, { code: 'unreachable', detail: error instanceof Error ? error.message : String(error) });
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
