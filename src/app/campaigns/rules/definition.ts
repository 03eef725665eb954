import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Finding } from '../file/finding.ts';
import { armFindings } from './arms.ts';
import { capFindings } from './caps.ts';
import { duplicateFindings } from './ids.ts';
import { placeFindings } from './places.ts';
import { policyFindings } from './policy.ts';
import { stepFindings } from './steps.ts';
import { surveyFindings } from './survey.ts';
import { timeFindings } from './times.ts';

/** What is wrong inside a definition that fits the schema, without a look at any data. */
export function definitionFindings(campaign: Campaign): Finding[] {
  return [
    ...duplicateFindings(campaign),
    ...placeFindings(campaign),
    ...armFindings(campaign),
    ...stepFindings(campaign),
    ...surveyFindings(campaign),
    ...policyFindings(campaign),
    ...capFindings(campaign.caps.rules, ['caps', 'rules']),
    ...timeFindings(campaign),
  ];
}
