import { SegmentedMessage } from 'sms-segments-calculator';
import type { Finding } from './inspect-template.ts';

const MAX_SEGMENTS = 3;
const MAX_TITLE = 65;
const MAX_BODY = 240;
/** RFC 8291: a push service must take 4,096 bytes, 103 of which are encryption; the rest leaves room for tag and topic. */
const MAX_PUSH_BYTES = 3_800;

const OPT_OUT = [
  /\b(reply|text|send)\s+["“']?(stop|stopall|unsubscribe|cancel|end|quit)\b/i,
  /\bstop\b.{0,16}\b(opt[ -]?out|unsubscribe|end|quit)\b/i,
  /(回复?|回覆|发送)\s*["“「]?(T|TD|R|N|STOP|退订)/i,
];

/** How many messages a provider bills for this SMS (GSM-7: 160 or 153 characters, UCS-2: 70 or 67). */
export function smsSegments(text: string): number {
  return new SegmentedMessage(text).segmentsCount;
}

/** Faults of an SMS: opt-out words missing from its template, more than three segments in a sample. */
export function checkSms(input: { template: string; samples: string[]; needsOptOut: boolean }): Finding[] {
  const findings: Finding[] = [];
  if (input.needsOptOut && !OPT_OUT.some((words) => words.test(input.template))) {
    findings.push({
      what: 'the SMS does not say how to opt out',
      fix: 'end it with "Reply STOP to opt out" or “回复T退订”',
      severity: 'error',
    });
  }
  const segments = Math.max(0, ...input.samples.map(smsSegments));
  if (segments > MAX_SEGMENTS) {
    findings.push({
      what: `the SMS takes ${segments} segments, each of which is paid`,
      fix: `shorten it to ${MAX_SEGMENTS} (3 × 153 characters, or 3 × 67 with Chinese or an emoji)`,
      severity: 'warning',
    });
  }
  return findings;
}

/** Faults of a push notification: what phones cut off, and what push services refuse. */
export function checkPush(samples: { title: string; body: string; url: string }[]): Finding[] {
  const longest = (part: 'title' | 'body'): number => Math.max(0, ...samples.map((sample) => [...sample[part]].length));
  const bytes = Math.max(0, ...samples.map((sample) => Buffer.byteLength(JSON.stringify(sample))));
  const findings: Finding[] = [];
  for (const [part, max] of [
    ['title', MAX_TITLE],
    ['body', MAX_BODY],
  ] as const) {
    if (longest(part) > max) {
      findings.push({
        what: `the ${part} has ${longest(part)} characters; phones cut it off`,
        fix: `shorten it to ${max}`,
        severity: 'warning',
      });
    }
  }
  if (bytes > MAX_PUSH_BYTES) {
    findings.push({
      what: `the notification has ${bytes} bytes; push services refuse more than 4 KB`,
      fix: `shorten it to ${MAX_PUSH_BYTES}`,
      severity: 'error',
    });
  }
  return findings;
}
