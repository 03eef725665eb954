import type { Config } from './config.ts';
import { VARIABLES, type Variable } from './variables.ts';

/** One line of `recallwave config show`. */
export interface ShownVariable {
  name: string;
  /** Secrets are masked: set or not is all that is told. */
  value: string;
  source: 'environment' | 'default';
}

/** Every variable with the value in force. */
export function shownConfig(config: Config, env: NodeJS.ProcessEnv): ShownVariable[] {
  const inForce: Record<string, string> = {
    RECALLWAVE_HOME: config.home,
    RECALLWAVE_LIVE: config.live ? '1' : '0',
    PUBLIC_URL: config.publicUrl,
    API_PORT: String(config.apiPort),
    STANDIN_SMTP_PORT: String(config.standIns.smtpPort),
    STANDIN_HTTP_PORT: String(config.standIns.httpPort),
  };
  return Object.entries<Variable>(VARIABLES).map(([name, variable]) => {
    const given = env[name]?.trim() ?? '';
    const source = given === '' ? 'default' : 'environment';
    if (given !== '' && variable.secret) return { name, value: '••••', source };
    return { name, value: inForce[name] ?? (given === '' ? (variable.fallback ?? 'not set') : given), source };
  });
}
