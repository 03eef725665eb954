/** The configuration of a run. Operations of keys are left to a part of their own: one of them would end the key of the run. */
export function configText(input: { key: string; part: 'all' | 'keys'; hooks: string }): string {
  const { key, part, hooks } = input;
  return `
hooks = ${JSON.stringify(hooks)}
continue-on-failure = true
request-timeout = 30
# Of a stream of progress, which may last for hours.
max-stream-events = 2
workers = 2

[auth.openapi.key]
bearer = ${JSON.stringify(key)}

[generation]
# A drawn session beside the key says nothing: the key counts.
with-security-parameters = false

[checks.positive_data_acceptance]
# Well formed may still be refused: by its state, by what others changed, by what only the server knows (see hooks.py for 400).
expected-statuses = ["2xx", "400", "401", "403", "404", "409", "412", "422", "429"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428", "429"]

[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "406", "415", "422", "428"]

${part === 'all' ? '[[operations]]\ninclude-path = "/v1/keys/{keyNo}"\nenabled = false' : '[[operations]]\nexclude-path = "/v1/keys/{keyNo}"\nenabled = false'}
`.trimStart();
}
