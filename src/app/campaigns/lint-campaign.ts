import type { Db } from '../../db/connect.ts';
import { attributeCatalogue } from '../../db/queries/attributes.ts';
import { defaultSettings } from '../../domain/settings.schema.ts';
import { buildCampaign, type BuiltCampaign } from './build-campaign.ts';
import type { CampaignFile } from './file/campaign-source.ts';
import { hasErrors, type CampaignProblem } from './file/finding.ts';
import { inOrder } from './file/parse-campaign-file.ts';
import { audienceFindings } from './lint/audience-rules.ts';
import { designFindings } from './lint/design.ts';
import { detections, type Detection } from './lint/detection.ts';
import { gatherFacts, type CampaignFacts } from './lint/facts.ts';
import { forecastWave, type ActionForecast } from './lint/forecast.ts';
import { learningFindings } from './lint/learning-rules.ts';
import { nameFindings } from './lint/names.ts';
import { overlapFindings } from './lint/overlap.ts';
import { detectionFindings } from './lint/power-rules.ts';
import { supplyFindings } from './lint/supplies.ts';
import { gapFindings } from './rules/times.ts';

/** A file with all that was found, in order of place; `data` only where a database was asked and the file was whole. */
export interface LintedCampaign {
  built: BuiltCampaign;
  problems: CampaignProblem[];
  data: { facts: CampaignFacts; forecast: ActionForecast[]; detections: Detection[] } | null;
}

/**
 * Finds what is wrong and what will go wrong (C3). `db` null: without a look at the data; `quick`: only at the names of the
 * users' attributes, for somebody who is typing. Throws BadInput for no file.
 */
export async function lintCampaign(input: {
  file: CampaignFile;
  db: Db | null;
  now: Date;
  quick?: boolean;
}): Promise<LintedCampaign> {
  const { file, db, now } = input;
  const built = await buildCampaign({ file, catalogue: db && (await attributeCatalogue(db)) });
  const { campaign } = built;
  if (campaign === null) return { built, problems: inOrder(built.problems), data: null };
  const findings = [...gapFindings(campaign, now), ...learningFindings(campaign)];
  const usable = !built.problems.some((problem) => problem.rule === 'filter' && problem.severity === 'error');
  if (db === null || input.quick || !usable) {
    findings.push(...designFindings(campaign, defaultSettings));
    return { built, problems: inOrder([...built.problems, ...findings.map(built.place)]), data: null };
  }
  const facts = await gatherFacts(db, { campaign, decisionAt: now });
  const forecast = forecastWave(campaign, facts);
  const found = detections(campaign, facts, forecast);
  findings.push(
    ...designFindings(campaign, facts.settings),
    ...nameFindings(campaign, facts),
    ...audienceFindings(campaign, facts, forecast),
    ...detectionFindings(campaign, found, facts),
    ...supplyFindings(campaign, facts, forecast),
    ...overlapFindings(campaign, facts),
  );
  const problems = inOrder([...built.problems, ...findings.map(built.place)]);
  return { built, problems, data: { facts, forecast, detections: found } };
}

/** How many of each. */
export function countProblems(problems: readonly CampaignProblem[]): { errors: number; warnings: number } {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return { errors, warnings: problems.length - errors };
}

/** The same in words. */
export function countText(problems: readonly CampaignProblem[]): string {
  const { errors, warnings } = countProblems(problems);
  const some = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  return problems.length === 0 ? 'nothing found' : `${some(errors, 'error')}, ${some(warnings, 'warning')}`;
}

/** True where the file may be published. */
export function isPublishable(linted: LintedCampaign): boolean {
  return linted.built.campaign !== null && !hasErrors(linted.problems);
}
