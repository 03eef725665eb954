const PLAYERS = 260;
const MS_PER_HOUR = 3_600_000;
const GIVEN = ['Mika', 'Lena', '子轩', 'Noah', '雨桐', 'Ivy', 'Jonas', '欣怡', 'Ana', 'Leo'];
const FAMILY = ['Weber', '王', 'Okafor', 'Silva', '陈', 'Novak', 'Hart', 'Lind'];
const PLACES = [
  ['zh-CN', 'Asia/Shanghai'],
  ['en', 'Europe/Berlin'],
  ['en', 'America/New_York'],
] as const;

/** Players who joined after the sample company was imported, and their warnings; some rows are faulty, as exports are. */
export function newPlayers(now: Date): { users: string; warnings: string } {
  const users = ['user_id,email,phone,locale,timezone,consent_email,consent_sms,consent_push,name,level,level_fails'];
  const warnings = ['user_id,score,segment,reasons,raised_at,expires_at,model'];
  const at = (hours: number): string => new Date(now.getTime() + hours * MS_PER_HOUR).toISOString();
  for (let number = 1; number <= PLAYERS; number++) {
    const id = `p${String(number).padStart(5, '0')}`;
    const [locale, zone] = pick(PLACES, number);
    const email = number % 65 === 0 ? `${id} at example.com` : `${id}@example.com`;
    const name = `${pick(GIVEN, number)} ${pick(FAMILY, number * 7)}`;
    users.push(`${id},${email},,${locale},${zone},${number % 9 !== 0},,,${name},${number % 60},${number % 12}`);
    const score = number % 80 === 0 ? '1.4' : (0.3 + ((number * 37) % 70) / 100).toFixed(3);
    const reason = number % 3 === 0 ? 'content_used_up' : 'level_too_hard';
    warnings.push(`${id},${score},gamer,${reason},${at(-6)},${at(480)},default`);
  }
  return { users: users.join('\n'), warnings: warnings.join('\n') };
}

/** Some of the users coming back to play. */
export function playersBack(userIds: readonly string[], now: Date): string {
  const rows = userIds.map((userId, number) => `back-${number},${userId},play,${now.toISOString()},,`);
  return ['event_id,user_id,type,occurred_at,value,currency', ...rows].join('\n');
}

function pick<T>(from: readonly T[], number: number): T {
  return from[number % from.length] as T;
}
