import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from './answer-error.ts';
import { ApiProblem, sendProblem } from './problem.ts';
import type { ApiDeps } from './route-module.ts';

/** A draft that somebody saved meanwhile. */
interface OtherDraft {
  revision: number;
  editor: string | null;
  updatedAt: Date | null;
  source: string;
  files: Readonly<Record<string, string>>;
}

/** 412 with the other's text, for a difference; null: the draft is gone (published or discarded). */
export function draftChanged(current: OtherDraft | null): ApiProblem {
  if (current === null) {
    return new ApiProblem({
      status: 412,
      code: 'draft_gone',
      detail: 'the draft that this was made from was published or discarded',
      fix: 'keep what you wrote, open the campaign again and make the change there',
    });
  }
  const { revision, editor, updatedAt, source, files } = current;
  return new ApiProblem({
    status: 412,
    code: 'draft_changed',
    detail: `${editor ?? 'somebody'} saved revision ${revision} meanwhile; nothing was written`,
    fix: 'compare the two, and save again over the revision that is there now',
    more: { current: { revision, editor, updatedAt, source, files } },
  });
}

/** Answers a body over the limit in words that fit; every other error as usual. */
export function tooLargeInWords(deps: ApiDeps) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    if (error.statusCode !== 413) {
      answerError(error, { request, reply, logger: deps.logger });
      return;
    }
    sendProblem(reply, {
      status: 413,
      code: 'campaign_too_large',
      detail: 'the campaign and its texts together are larger than 1 MB',
      fix: 'is it the right file? Pictures belong on a web server, with their address in the text',
    });
  };
}
