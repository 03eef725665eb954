/** POST /v1/events in OpenAPI: its bodies are lines, which no schema of a JSON body describes. */
export const eventPath = {
  post: {
    summary: 'Events of users, up to 10,000 a request, stored once by event_id',
    security: [{ key: [] }],
    'x-scope': 'events:write',
    requestBody: {
      required: true,
      content: {
        'application/x-ndjson': { schema: { type: 'string', description: 'one event a line, as JSON' } },
        'application/json': {
          schema: { type: 'array', maxItems: 10_000, items: { $ref: '#/components/schemas/Event' } },
        },
      },
    },
    responses: {
      200: {
        description: 'stored: the answer comes after the commit',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/TakenEvents' } } },
      },
      ...Object.fromEntries(
        Object.entries({
          400: 'no line holds an event, or the database refuses a value',
          401: 'no valid key',
          403: 'the key has not the scope events:write',
          413: 'too many events, or too large a body',
          415: 'another media type',
          429: 'too many requests; wait as long as Retry-After says',
          503: 'the database does not answer; send the same request again',
        }).map(([status, description]) => [
          status,
          {
            description,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  },
} as const;

/** The schemas that `eventPath` names. */
export const eventSchemas = {
  Event: {
    type: 'object',
    required: ['event_id', 'user_id', 'type', 'occurred_at'],
    properties: {
      event_id: { type: 'string', minLength: 1 },
      user_id: { type: 'string', minLength: 1 },
      type: { type: 'string', minLength: 1 },
      occurred_at: { type: 'string', format: 'date-time' },
      value: { type: ['number', 'string'], description: 'in major units; needs currency' },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
    additionalProperties: true,
  },
  TakenEvents: {
    type: 'object',
    required: ['received', 'inserted', 'known', 'rejected', 'faults'],
    properties: {
      received: { type: 'integer' },
      inserted: { type: 'integer' },
      known: { type: 'integer', description: 'stored before, or twice in this request' },
      rejected: { type: 'integer' },
      faults: {
        type: 'array',
        items: {
          type: 'object',
          required: ['line', 'field', 'reason'],
          properties: { line: { type: 'integer' }, field: { type: 'string' }, reason: { type: 'string' } },
        },
      },
    },
  },
} as const;
