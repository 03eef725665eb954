import type { NodemailerError } from 'nodemailer';
import type { FailureClass, SendResult } from '../channel.ts';
import { scrub } from '../evidence.ts';
import { isCertificateCode } from '../net-errors.ts';

/** The step of the dialogue that an SMTP answer belongs to. */
export type SmtpStage = 'connect' | 'mail' | 'rcpt' | 'data' | 'dot';

/**
 * What an error of nodemailer's connection means (RELIABILITY.md §1). `released`: the body had been handed over, so that
 * without an answer nobody knows; before that, silence is a definite no.
 */
export function smtpOutcome(error: NodemailerError, released: boolean): SendResult {
  const reply = typeof error.response === 'string' ? error.response : undefined;
  const stage = stageOf(error, released);
  if (reply === undefined || error.responseCode === undefined) {
    const reason = error.timeoutType === undefined ? 'no_answer' : 'timeout';
    const evidence = `${stage}: ${error.originalCode ?? error.code ?? 'closed'}`;
    if (released) return { kind: 'unknown', reason, evidence };
    return { kind: 'retry', reason, evidence, ...(isTlsFault(error) && { stopProvider: true }) };
  }
  const evidence = `${stage}: ${scrub(reply)}`;
  if (error.responseCode < 500) {
    // 2xx without success is an answer nobody understands; 4xx is a definite no.
    if (error.responseCode < 400 && released) return { kind: 'unknown', reason: 'odd_answer', evidence };
    return { kind: 'retry', reason: `smtp_${error.responseCode}`, evidence };
  }
  // Refused before any recipient was named: the fault is the account's, the message is as good as before.
  if (stage === 'connect') return { kind: 'retry', reason: `smtp_${error.responseCode}`, evidence, stopProvider: true };
  return permanent({ reply, code: error.responseCode, stage, evidence });
}

function permanent(refusal: { reply: string; code: number; stage: SmtpStage; evidence: string }): SendResult {
  const { reply, code, stage, evidence } = refusal;
  const enhanced = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1];
  const failure = enhanced === undefined ? classOfCode(code, stage) : classOfStatus(enhanced, stage);
  return {
    kind: 'failed',
    class: failure,
    evidence,
    ...(failure === 'bad_address' && { suppress: true }),
    ...(failure === 'sender_fault' && { stopProvider: true }),
  };
}

/** By RFC 3463: subject (second number), then detail. */
function classOfStatus(status: string, stage: SmtpStage): FailureClass {
  const [, subject, detail] = status.split('.').map(Number);
  if (subject === 1) return detail === 7 || detail === 8 ? 'sender_fault' : 'bad_address';
  if (status === '5.2.1') return 'bad_address';
  if (status === '5.2.2') return 'mailbox_full';
  if (status === '5.2.3' || status === '5.3.4') return 'too_large';
  if (subject === 6) return 'content_refused';
  if (subject === 7 || stage === 'mail') return 'sender_fault';
  return 'other';
}

/** For servers without enhanced codes: RFC 5321 §4.2.2 and what it means at that step. */
function classOfCode(code: number, stage: SmtpStage): FailureClass {
  if (code === 552) return stage === 'rcpt' ? 'mailbox_full' : 'too_large';
  if (code === 554 || code === 530 || code === 535 || stage === 'mail') return 'sender_fault';
  if (code === 550) return stage === 'rcpt' ? 'bad_address' : 'content_refused';
  if (code === 551 || code === 553 || code === 556) return 'bad_address';
  return 'other';
}

function stageOf(error: NodemailerError, released: boolean): SmtpStage {
  if (released) return 'dot';
  if (error.command === 'MAIL FROM') return 'mail';
  if (error.command === 'RCPT TO') return 'rcpt';
  return error.command === 'DATA' ? 'data' : 'connect';
}

/** STARTTLS stripped or a certificate that doesn't hold: going on would send names and addresses in the clear. */
function isTlsFault(error: NodemailerError): boolean {
  if (isCertificateCode(error.originalCode ?? '')) return true;
  return error.code === 'ETLS' && !/closed unexpectedly|timed out/i.test(error.message);
}
