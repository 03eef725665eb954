import { z } from 'zod';
import { campaignSchema, type Campaign } from '../../../domain/campaign.schema.ts';
import { definitionFindings } from '../rules/definition.ts';
import type { CampaignProblem, Finding } from './finding.ts';
import { hasErrors } from './finding.ts';
import { type JsonSchema, schemaFindings } from './schema-findings.ts';
import { readYaml } from './yaml-file.ts';

/** A campaign file as read: the definition where it has no errors, and everything found, in order of place. */
export interface ParsedCampaign {
  campaign: Campaign | null;
  problems: CampaignProblem[];
  /** Gives later findings (texts, data) their line and column. */
  place(finding: Finding): CampaignProblem;
}

/** The JSON Schema of campaign files, for editors (`docs/campaign.schema.json`). */
export function campaignJsonSchema(): JsonSchema {
  return z.toJSONSchema(campaignSchema, { io: 'input' }) as JsonSchema;
}

/** Parses a campaign's YAML with all defaults filled in; never throws. `file` names it in the problems. */
export function parseCampaignFile(text: string, file: string): ParsedCampaign {
  const yaml = readYaml(text, file);
  const { place } = yaml;
  if (yaml.problems.length > 0) return { campaign: null, problems: yaml.problems, place };
  const parsed = campaignSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const findings = schemaFindings(parsed.error.issues, yaml.value, campaignJsonSchema());
    const problems = findings.map((finding) => (finding.aboutKey ? yaml.placeKey(finding) : place(finding)));
    return { campaign: null, problems: inOrder(problems), place };
  }
  const problems = inOrder(definitionFindings(parsed.data).map(place));
  return { campaign: hasErrors(problems) ? null : parsed.data, problems, place };
}

/** By file, line and column. */
export function inOrder(problems: readonly CampaignProblem[]): CampaignProblem[] {
  return problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
