import { createHash } from 'node:crypto';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { AttributeType } from '../../policy/filters/compile-filter.ts';
import type { StoredContents } from '../../templates/facts.ts';
import { campaignSource, type CampaignFile } from './file/campaign-source.ts';
import type { CampaignProblem, Finding } from './file/finding.ts';
import { hasErrors } from './file/finding.ts';
import { parseCampaignFile } from './file/parse-campaign-file.ts';
import { filterFindings } from './rules/filters.ts';

/** A campaign file with its texts, ready to be published where `problems` holds no error. */
export interface BuiltCampaign {
  file: string;
  source: string;
  /** The texts that it read, by name. */
  files: Record<string, string>;
  /** Where a person sees every problem. */
  seeAll: string;
  /** null where the definition has errors. */
  campaign: Campaign | null;
  contents: StoredContents;
  /** sha256 (hex) of definition and contents: equal files have equal hashes, whatever their comments. */
  hash: string;
  problems: CampaignProblem[];
  place(finding: Finding): CampaignProblem;
}

/**
 * Reads a campaign's YAML and its texts, and checks everything that needs no data. `catalogue`: the attributes
 * that users have; null or empty: names are not checked. Throws BadInput when the file can't be read.
 */
export async function buildCampaign(input: {
  file: CampaignFile;
  catalogue: readonly AttributeType[] | null;
}): Promise<BuiltCampaign> {
  const from = campaignSource(input.file);
  const source = await from.readYaml();
  const parsed = parseCampaignFile(source, from.name);
  const { campaign, place } = parsed;
  const files: Record<string, string> = {};
  const nothing = { file: from.name, source, files, seeAll: from.seeAll, contents: {}, hash: '', place };
  if (campaign === null) return { ...nothing, campaign, problems: parsed.problems };
  const attributes = input.catalogue?.length ? input.catalogue : null;
  // mjml takes half a second to load: only a file that parses pays for it.
  const { buildContents } = await import('../../templates/contents.ts');
  const read = async (name: string): Promise<string> => (files[name] = await from.readText(name));
  const built = await buildContents(campaign, read, attributes ? { attributes } : {});
  const texts = built.problems.map((problem) =>
    place({
      rule: 'contents',
      ...problem,
      ...(problem.file === undefined ? {} : { file: from.placeOf(problem.file) }),
    }),
  );
  const filters = filterFindings(campaign, attributes).map(place);
  return {
    ...nothing,
    campaign,
    contents: built.contents,
    hash: hashOf({ campaign, contents: built.contents }),
    problems: [...parsed.problems, ...filters, ...texts],
  };
}

/** A built campaign without errors. Throws CampaignInvalid with the first error and how many there are. */
export function mustBeValid(built: BuiltCampaign): Campaign {
  const errors = built.problems.filter((problem) => problem.severity === 'error');
  const [first] = errors;
  if (built.campaign && !hasErrors(built.problems)) return built.campaign;
  const key = first === undefined || first.key === '' ? '' : `${first.key}: `;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new RecallwaveError(
    'CampaignInvalid',
    first ? `${first.file}:${first.line}:${first.column} ${key}${first.what}${more}` : `${built.file} is not valid`,
    first ? `${first.fix}; all of it: ${built.seeAll}` : built.seeAll,
  );
}

function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

/** The same value with the keys of objects in order, so that their order in the file doesn't count. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
